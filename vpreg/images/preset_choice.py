"""Guess which intensity preset suits a scan."""

from __future__ import annotations

from vpreg.images.image import Image
from vpreg.images.intensity import IntensityPreset
from vpreg.images.presets import load_preset

_CT_BELOW_HU = -500.0
_LUNG_HU = (-900.0, -500.0)
_BODY_ABOVE_HU = -300.0
_LUNG_SHARE = 0.3
_HEAD_MM = 280.0


def guess_preset(image: Image) -> IntensityPreset:
    """Choose a preset from the grey values and the size of a scan; a user may know better.

    A minimum below -500 can only be Hounsfield units, since MR is not negative, or z-scored with
    single digits: CT. It is "lung-ct" if voxels of -900 to -500 HU, which is aerated lung, are more
    than 0.3 times as many as those above -300 HU, which is the rest of the body; else
    "abdomen-ct". Scans of chest and abdomen lie near that line. The narrower "liver-ct" is never
    guessed, for it hides other organs.
    Anything else is "brain-mr" if no edge of the scan is longer than 280 mm, else "generic".
    """
    if float(image.voxels.min()) < _CT_BELOW_HU:
        lung = ((image.voxels > _LUNG_HU[0]) & (image.voxels < _LUNG_HU[1])).sum()
        body = (image.voxels > _BODY_ABOVE_HU).sum()
        return load_preset("lung-ct" if lung > _LUNG_SHARE * body else "abdomen-ct")
    return load_preset("brain-mr" if max(image.grid.extent_mm) <= _HEAD_MM else "generic")
