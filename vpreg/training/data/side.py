"""One scan of a pair on the home grid, while it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch

from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.images.resampling import resample, resample_through
from vpreg.training.data.prepared_scan import PreparedScan


@dataclass(frozen=True)
class Side:
    """Grey values from 0 to 1 and maps, all (K, J, I) on the home grid."""

    image: torch.Tensor
    organ: torch.Tensor
    labels: torch.Tensor | None = None
    acquired: torch.Tensor | None = None
    tumor: torch.Tensor | None = None

    def each(
        self,
        values: Callable[[torch.Tensor], torch.Tensor],
        labels: Callable[[torch.Tensor], torch.Tensor],
    ) -> Side:
        """Change grey values and shares in one way, and label maps in another."""
        return replace(
            self,
            image=values(self.image),
            organ=values(self.organ),
            labels=None if self.labels is None else labels(self.labels),
            acquired=None if self.acquired is None else values(self.acquired),
            tumor=None if self.tumor is None else labels(self.tumor),
        )


def lay_fixed(scan: PreparedScan) -> Side:
    """Lay a scan onto its own home grid."""
    return _laid(
        scan,
        values=lambda image: resample(_floating(image), scan.home),
        labels=lambda image: resample(image, scan.home, interpolation=Interpolation.NEAREST),
    )


def lay_moving(scan: PreparedScan, *, over: PreparedScan, fixed_to_moving: np.ndarray) -> Side:
    """Lay a scan onto the home grid of another one, through a matrix of LPS points.

    Grey values take the way that they take in use, over the voxels of the fixed scan: what is
    interpolated twice there is as soft here. Labels are taken straight from the nearest voxel.
    """

    def values(image: Image) -> Image:
        return resample(resample_through(_floating(image), over.around, fixed_to_moving), over.home)

    def labels(image: Image) -> Image:
        nearest = Interpolation.NEAREST
        return resample_through(image, over.home, fixed_to_moving, interpolation=nearest)

    return _laid(scan, values=values, labels=labels)


def _laid(
    scan: PreparedScan,
    *,
    values: Callable[[Image], Image],
    labels: Callable[[Image], Image],
) -> Side:
    def share(image: Image) -> torch.Tensor:
        # Weights of eight voxels add up to one only up to rounding.
        return values(image).voxels.clamp_(0, 1)

    return Side(
        image=share(scan.scan),
        organ=share(scan.organ),
        labels=None if scan.labels is None else labels(scan.labels).voxels.to(torch.int32),
        acquired=None if scan.acquired is None else share(scan.acquired),
        tumor=None if scan.tumor is None else labels(scan.tumor).voxels.to(torch.int32),
    )


def _floating(image: Image) -> Image:
    return image.with_voxels(image.voxels.to(torch.float32))
