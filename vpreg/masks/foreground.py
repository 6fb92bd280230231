"""Find the body or the organ in a scan without help."""

from __future__ import annotations

import numpy as np
import SimpleITK
import torch

from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.image import Image
from vpreg.images.pyramid import downsample

WORKING_MM = 2.5
"""The mask is found on voxels of about this size: its border is soft to half of it anyway."""


def find_foreground(image: Image, *, threshold: float = 0.1) -> Image:
    """Return a mask (float, 0 or 1) of the largest bright piece of a normalised scan, holes filled.

    The scan is in [0, 1] (see `normalise`); `threshold` is the grey value of the air around it.
    Raises ValueError if nothing is brighter.
    """
    factors = [max(1, round(WORKING_MM / s)) for s in image.grid.spacing_mm]
    small = downsample(image.voxels, (factors[0], factors[1], factors[2]))
    bright = (gaussian_smooth(small, 0.7) > threshold).cpu().numpy().astype(np.uint8)
    if not bright.any():
        msg = "Give an organ mask: nothing in the scan stands out from its background."
        raise ValueError(msg)
    solid = torch.from_numpy(_largest_solid(bright)).to(image.voxels)
    whole = torch.nn.functional.interpolate(
        solid[None, None], size=list(image.grid.shape), mode="trilinear", align_corners=False
    )[0, 0]
    return image.with_voxels((whole > 0.5).to(image.voxels.dtype))


def _largest_solid(bright: np.ndarray) -> np.ndarray:
    pieces = SimpleITK.RelabelComponent(
        SimpleITK.ConnectedComponent(SimpleITK.GetImageFromArray(bright))
    )
    filled = SimpleITK.BinaryFillhole(SimpleITK.BinaryMorphologicalClosing(pieces == 1, [2, 2, 2]))
    return SimpleITK.GetArrayFromImage(filled).astype(np.float32)
