"""Everything a registration of a sparse scan can be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from vpreg.recipes.plain_values import from_plain, to_plain
from vpreg.recipes.settings import Mode, Recipe, Settings
from vpreg.solvers.pair_settings import PairSettings


class AcquiredFrom(Enum):
    """Where it is known from which slices the scanner measured."""

    GEOMETRY = "geometry"
    """The scan still has its thick slices, one a plane of voxels."""
    MASK = "mask"
    DETECT = "detect"
    """The scan was interpolated; the slices show in its grey values."""


class AtlasSampling(Enum):
    """Whether the atlas was measured everywhere or has thick slices itself."""

    FULL = "full"
    SLICES = "slices"


def sparse_registration() -> Settings:
    """Return how the pair itself is registered: wider windows, for each sees one slice only."""
    return Settings(
        recipe=Recipe.SIMILARITY,
        mode=Mode.ATLAS,
        similarity=PairSettings(window_radius_voxels=3),
    )


@dataclass(frozen=True)
class SparseSettings:
    """The settings of a sparse registration; a thickness of 0 leaves no gap between slices.

    `voxel_mm` is about the edge of the voxels on which atlas and scan are compared.
    """

    acquired: AcquiredFrom = AcquiredFrom.GEOMETRY
    thickness_mm: float = 0.0
    voxel_mm: float = 1.0
    atlas: AtlasSampling = AtlasSampling.FULL
    registration: Settings = field(default_factory=sparse_registration)

    def __post_init__(self) -> None:
        if not self.thickness_mm >= 0:
            msg = f"Give a slice thickness of 0 or more: {self.thickness_mm} is not."
            raise ValueError(msg)
        if not self.voxel_mm > 0:
            msg = f"Give an edge of the voxels above 0: {self.voxel_mm} is not."
            raise ValueError(msg)

    def to_json_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_json_dict(cls, plain: dict[str, Any]) -> SparseSettings:
        """Build settings from plain values; ValueError names what is unknown or does not fit."""
        return from_plain(cls, plain)
