"""What a solver is asked to reach."""

from __future__ import annotations

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class VolumeTarget:
    """Tissue that keeps its volume relative to the organ.

    All tensors are (K, J, I), in the space of the moving scan, laid on the fixed grid by the
    affine, so that they follow the field as the moving scan does (T4).
    """

    mask: torch.Tensor
    """How surely a voxel must keep its volume, 0 to 1; likeness does not count there."""
    organ: torch.Tensor
    lesions: tuple[torch.Tensor, ...] = ()
    """Known lesions, 0 to 1 each: the volume of each one is kept exactly."""
    lesion_tolerance: float = 2e-4
    """The share of its volume that each lesion may lack or have too much."""
    scale_mm: float = 5.0
    """Volume is kept on average over this length; 0 keeps it voxel by voxel."""
    doubtful: torch.Tensor | None = None
    """Where volume is kept as strongly as this says, 0 to 1, while likeness goes on to count."""

    seen_mask: torch.Tensor | None = None
    """What a network sees in place of the mask, where it was trained with another one."""

    @property
    def kept(self) -> torch.Tensor:
        """How strongly each voxel keeps its volume."""
        return self.mask if self.doubtful is None else torch.maximum(self.mask, self.doubtful)


@dataclass(frozen=True)
class SliceProfile:
    """How the fixed scan was measured: slices across an array axis, each a mean of the tissue."""

    axis: int
    thickness_mm: float
    spacing_mm: float


@dataclass(frozen=True)
class Objective:
    """Similarity where it counts, volume where it must be kept."""

    fixed_weight: torch.Tensor | None = None
    """Where similarity counts on the fixed grid, 0 to 1; None: everywhere."""
    moving_weight: torch.Tensor | None = None
    """The same in the space of the moving scan."""
    volume: VolumeTarget | None = None
    profile: SliceProfile | None = None
    """Where the fixed scan has slices; None: its voxels were measured as they are."""
