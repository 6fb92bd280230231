"""A pair of synthetic scans and everything that is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import torch

from vpreg.fields.sampling import Padding
from vpreg.fields.warp import warp
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation

Point = tuple[float, float, float]


@dataclass(frozen=True)
class LesionTruth:
    """One lesion: its label, and its volume and centre (array index) at both dates.

    A lesion that is not there at a date has volume 0 and no centre.
    """

    label: int
    moving_ml: float
    fixed_ml: float
    moving_centre: Point | None
    fixed_centre: Point | None
    mass_effect: float

    @property
    def volume_change_ratio(self) -> float:
        """Volume in the fixed scan over volume in the moving one; infinite for a new lesion."""
        if self.moving_ml == 0:
            return float("inf")
        return self.fixed_ml / self.moving_ml


@dataclass(frozen=True)
class SyntheticPair:
    """Two scans of one subject with their truth. The moving scan is the earlier one.

    `u_true` (3, K, J, I) is in voxels and pulls: tissue seen at x in the fixed scan is seen at
    x + u_true(x) in the moving one. It is smooth and without folds everywhere. Where either scan
    shows a lesion, tissue has no counterpart: there the field tells where the tissue would be that
    the lesion replaced. So it follows the organ, not the growth of the lesion, and
    `correspondence` (fixed grid) is 1 only where tissue is seen in both scans.
    Acquired masks are given for scans with thick slices: 1 on the planes that were measured.
    Tumor labels are 0 and the labels of `lesions`; organ masks include the lesions.
    """

    fixed: Image
    moving: Image
    fixed_tissue: Image
    moving_tissue: Image
    fixed_tumor: Image
    moving_tumor: Image
    fixed_organ: Image
    moving_organ: Image
    u_true: torch.Tensor
    correspondence: Image
    lesions: tuple[LesionTruth, ...]
    seed: int
    fixed_date: date | None = None
    moving_date: date | None = None
    fixed_acquired: Image | None = None
    moving_acquired: Image | None = None


def find_correspondence(fixed_tumor: Image, moving_tumor: Image, u_true: torch.Tensor) -> Image:
    """Return 1 where a voxel of the fixed scan shows tissue that the moving scan shows as well."""
    free = (moving_tumor.voxels == 0).to(torch.uint8)
    seen = warp(free, u_true, interpolation=Interpolation.NEAREST, padding=Padding.ZEROS)
    return fixed_tumor.with_voxels(seen * (fixed_tumor.voxels == 0))
