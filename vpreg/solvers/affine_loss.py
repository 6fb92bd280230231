"""How well a matrix aligns two coarse scans, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch

from vpreg.fields.sampling import Padding
from vpreg.similarity.local_ncc import LocalNcc
from vpreg.solvers.affine_levels import CoarseScan
from vpreg.solvers.affine_sampling import matrix_slope, sample, sampling_points

# In voxels: windows of 5 see an edge and its surroundings, and forget bias fields.
_WINDOW_RADIUS = 2
# Noise in air is weak beside tissue; windows that hold nothing else hardly count.
_FLAT_SHARE = 1e-2


@dataclass
class AffineLoss:
    """One minus the mean squared local correlation, where both scans show something.

    What both show is settled by `look_from` and stays until the next call: a loss whose region
    moved with the matrix could fall by pushing what does not fit out of sight.
    """

    fixed: CoarseScan
    moving: CoarseScan
    weight: torch.Tensor | None = None
    term: LocalNcc = field(init=False)

    def __post_init__(self) -> None:
        self.term = LocalNcc(
            self.fixed.voxels, radius_voxels=_WINDOW_RADIUS, flat_share=_FLAT_SHARE
        )

    def look_from(self, matrix_lps: np.ndarray) -> None:
        """Settle where both scans are compared."""
        weight = common_weight(self.fixed, self.moving, matrix_lps)
        self.weight = None if bool((weight > 0.999).all()) else weight

    def value_and_slope(self, matrix_lps: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the loss and its slope by the 4x4 matrix."""
        points = sampling_points(
            matrix_lps, self.fixed.grid, self.moving.grid, self.fixed.voxels
        ).requires_grad_()
        with torch.enable_grad():
            warped = sample(self.moving.voxels[None], points, padding=Padding.BORDER)
        value, slope = self.term.value_and_gradient(warped.detach()[0], weight=self.weight)
        (by_points,) = torch.autograd.grad(warped, points, slope[None])
        return float(value), matrix_slope(by_points, self.fixed.grid, self.moving.grid)

    def value(self, matrix_lps: np.ndarray) -> float:
        """Return the loss alone."""
        warped = warped_onto(self.fixed, self.moving, matrix_lps)
        return float(self.term.value_and_gradient(warped, weight=self.weight)[0])


def warped_onto(fixed: CoarseScan, moving: CoarseScan, matrix_lps: np.ndarray) -> torch.Tensor:
    """Return the moving scan on the fixed grid; beyond its border its last values go on."""
    points = sampling_points(matrix_lps, fixed.grid, moving.grid, fixed.voxels)
    return sample(moving.voxels[None], points, padding=Padding.BORDER)[0]


def common_weight(fixed: CoarseScan, moving: CoarseScan, matrix_lps: np.ndarray) -> torch.Tensor:
    """Return (K, J, I) on the fixed grid: how much both scans may be looked at."""
    points = sampling_points(matrix_lps, fixed.grid, moving.grid, fixed.voxels)
    limits = 1 + 1e-4
    weight = (points.abs() <= limits).all(0).to(fixed.voxels)
    if moving.weight is not None:
        weight *= sample(moving.weight[None], points, padding=Padding.BORDER)[0]
    return weight if fixed.weight is None else weight.mul_(fixed.weight)
