"""Voxels with their geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from vpreg.images.grid import Grid


@dataclass(frozen=True)
class Image:
    """A scan, a mask or a label map: a tensor (K, J, I) and the grid it lies on.

    A numpy array is taken as well and shares its memory with the tensor.
    """

    voxels: torch.Tensor
    grid: Grid

    def __post_init__(self) -> None:
        if isinstance(self.voxels, np.ndarray):
            object.__setattr__(self, "voxels", torch.from_numpy(self.voxels))
        if tuple(self.voxels.shape) != self.grid.shape:
            found = tuple(self.voxels.shape)
            msg = f"Give voxels of the shape of the grid: {found} is not {self.grid.shape}."
            raise ValueError(msg)

    @property
    def array(self) -> np.ndarray:
        """The voxels as a numpy array (K, J, I) on the CPU."""
        return self.voxels.detach().cpu().numpy()

    def to(self, device: torch.device | str) -> Image:
        """Return the same image with its voxels on a device."""
        return Image(self.voxels.to(device), self.grid)

    def with_voxels(self, voxels: torch.Tensor) -> Image:
        """Return other voxels on the same grid."""
        return Image(voxels, self.grid)
