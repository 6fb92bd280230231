"""How large each label is and where it lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from vpreg.images.grid import Grid, Triple
from vpreg.metrics.label_counts import label_counts

MM3_OF_A_ML = 1000.0


@dataclass(frozen=True)
class LabelVolume:
    """The size and the place of one label."""

    label: int
    voxels: int
    volume_mm3: float
    centroid_lps: Triple

    @property
    def volume_ml(self) -> float:
        """The volume in millilitres."""
        return self.volume_mm3 / MM3_OF_A_ML


def label_volumes(labels: torch.Tensor, grid: Grid) -> dict[int, LabelVolume]:
    """Measure every label but 0 of an integer map (K, J, I)."""
    counts = label_counts(labels)
    if not counts:
        return {}
    inside = labels.nonzero().to(torch.long)
    values = labels[inside[:, 0], inside[:, 1], inside[:, 2]].to(torch.long)
    known = torch.tensor(list(counts), device=labels.device)
    slot = torch.searchsorted(known, values)
    sums = torch.zeros((len(counts), 3), device=labels.device, dtype=torch.long)
    sums.index_add_(0, slot, inside)
    index_sums = sums.cpu().numpy().astype(np.float64)
    return {
        label: _volume(label, voxels, total / voxels, grid)
        for (label, voxels), total in zip(counts.items(), index_sums, strict=True)
    }


def soft_volume_mm3(weights: torch.Tensor, grid: Grid) -> float:
    """Return the volume of a mask with weights from 0 to 1: each voxel counts by its weight."""
    return float(weights.sum()) * grid.voxel_volume_mm3


def _volume(label: int, voxels: int, index: np.ndarray, grid: Grid) -> LabelVolume:
    x, y, z, _ = (grid.voxel_to_lps @ np.append(index, 1.0)).tolist()
    return LabelVolume(label, voxels, voxels * grid.voxel_volume_mm3, (x, y, z))
