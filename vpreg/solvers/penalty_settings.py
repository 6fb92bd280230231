"""What the penalty solver can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PenaltySettings:
    """The weights of the published loss, and the optimizer that stands in for its network.

    The published loss of a batch of four, 4 · L_sim + 1 · L_reg + 0.1 · L_vp with L_reg summed and
    L_vp pooled over the batch, is L_sim + 1 · L_reg + 0.025 · L_vp for one pair (§2.4, T16).
    Lengths are in voxels of a level. The field is a smooth one on a grid that is `field_factor`
    times coarser than the images.
    """

    smoothness_weight: float = 1.0
    volume_weight: float = 0.025
    factors: tuple[int, ...] = (4, 2, 1)
    iterations: tuple[int, ...] = (80, 60, 20)
    field_factor: float = 2.0
    field_smoothing_voxels: float = 1.0
    step_voxels: float = 0.1

    def __post_init__(self) -> None:
        if len(self.factors) != len(self.iterations) or not self.factors:
            msg = "Give one factor and one number of iterations for each level."
            raise ValueError(msg)
        if min(self.iterations) < 0 or min(self.factors) < 1 or self.field_factor < 1:
            msg = "Give factors of at least 1 and iterations of at least 0."
            raise ValueError(msg)
        if min(self.smoothness_weight, self.volume_weight, self.field_smoothing_voxels) < 0:
            msg = "Give weights and smoothing of 0 or more."
            raise ValueError(msg)
        if not self.step_voxels > 0:
            msg = "Give a step above 0 voxels."
            raise ValueError(msg)
