"""What the per-pair solver can be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class SimilarityKind(Enum):
    """What makes two scans alike."""

    LOCAL_NCC = "local-ncc"
    """Small windows up to local a·I + b, also with a negative a."""
    MIND_SSC = "mind-ssc"
    """How each scan resembles itself: for scans of different contrast."""
    MUTUAL_INFORMATION = "mutual-information"
    """Whether one grey value tells the other: for scans of different contrast."""
    GLOBAL_NCC = "global-ncc"
    """The whole scan up to one a·I + b, a > 0."""
    MEAN_SQUARES = "mean-squares"
    """The same grey values: for scans of one device and protocol."""


@dataclass(frozen=True)
class PairSettings:
    """The levels of the per-pair solver, coarse to fine, and its step.

    `factors` shrink the images; `field_factors` make the grid of the field coarser than that of
    the images of the level, which costs little accuracy (the force is smooth) and saves much time.
    Lengths are in voxels of the finest axis of a level.
    """

    factors: tuple[int, ...] = (4, 2, 1)
    field_factors: tuple[float, ...] = (1.0, 1.0, 1.5)
    iterations: tuple[int, ...] = (60, 40, 10)
    similarity: SimilarityKind = SimilarityKind.LOCAL_NCC
    window_radius_voxels: int = 2
    force_smoothing_voxels: float = 1.4
    field_smoothing_voxels: float = 0.4
    step_voxels: float = 1.0
    least_gain: float = 2e-4

    def __post_init__(self) -> None:
        counts = {len(self.factors), len(self.field_factors), len(self.iterations)}
        if len(counts) != 1 or not self.factors:
            msg = "Give one factor, one field factor and one number of iterations for each level."
            raise ValueError(msg)
        if min(self.iterations) < 0 or min(self.factors) < 1 or min(self.field_factors) < 1:
            msg = "Give factors of at least 1 and iterations of at least 0."
            raise ValueError(msg)
        if self.window_radius_voxels < 1 or self.step_voxels <= 0:
            msg = "Give a window radius of at least 1 voxel and a step above 0."
            raise ValueError(msg)
        if min(self.force_smoothing_voxels, self.field_smoothing_voxels) < 0:
            msg = "Give smoothness of 0 voxels or more."
            raise ValueError(msg)
