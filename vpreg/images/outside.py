"""What to take for what a scan did not see."""

from __future__ import annotations

from vpreg.images.image import Image

_ONLY_CT_BELOW_HU = -500.0
_AIR_HU = -1024.0


def value_outside(scan: Image) -> float:
    """Return the grey value of nothing: air for CT, whose 0 is water, and 0 for other scans.

    Scanners fill the corners of a CT with values far below air; they are not taken over.
    """
    lowest = float(scan.voxels.min())
    return max(lowest, _AIR_HU) if lowest < _ONLY_CT_BELOW_HU else 0.0
