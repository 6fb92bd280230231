"""Everything a registration can be told, as plain values that a file can hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from vpreg.recipes.method import Method
from vpreg.recipes.plain_values import from_plain, to_plain
from vpreg.recipes.solver_kind import SolverKind
from vpreg.recipes.start_kind import StartKind
from vpreg.solvers.affine import AffineKind
from vpreg.solvers.pair_settings import PairSettings
from vpreg.solvers.penalty_settings import PenaltySettings


class Recipe(Enum):
    """How far to go."""

    SIMILARITY = "similarity"
    VOLUME_PRESERVING = "volume-preserving"


class Mode(Enum):
    """What the fixed scan is to the moving one."""

    ATLAS = "atlas"
    """Another person or a healthy reference: only squeezed tissue is suspicious."""
    FOLLOW_UP = "follow-up"
    """The same patient at another date: stretched tissue is as suspicious as squeezed tissue."""


_ABOVE_ZERO = (
    "atlas_threshold",
    "follow_up_threshold",
    "slope",
    "mask_scale_mm",
    "doubt_threshold",
    "doubt_power",
    "atlas_unlikeness",
)
_FROM_ZERO = (
    "window_mm",
    "size_scale_mm",
    "size_over_median",
    "atlas_size_over_median",
    "atlas_unlike_over_median",
    "border_mm",
    "least_piece_ml",
    "kept_scale_mm",
    "confident_ml",
    "most_confident",
)


@dataclass(frozen=True)
class VolumeSettings:
    """How the soft mask is found and how the volume inside it is kept."""

    atlas_threshold: float = 0.2
    follow_up_threshold: float = 0.2
    slope: float = 8.0
    mask_scale_mm: float = 10.0
    window_mm: float = 6.0
    size_scale_mm: float = 2.5
    size_threshold: float = 1.25
    border_mm: float = 2.0
    size_over_median: float = 10.0
    atlas_size_threshold: float = 1.5
    atlas_size_over_median: float = 12.0
    atlas_unlike_over_median: float = 3.0
    atlas_unlikeness: float = 0.4
    doubt_threshold: float = 0.09
    doubt_strength: float = 0.7
    doubt_power: float = 3.0
    least_piece_ml: float = 0.2
    confident_ml: float = 1.0
    most_confident: int = 5
    kept_scale_mm: float = 0.0
    solver: PairSettings = field(
        default_factory=lambda: PairSettings(
            factors=(2, 1), field_factors=(1.0, 1.5), iterations=(14, 10)
        )
    )
    kept_start: float = 0.5
    """The share of the alignment of stage 1 that stage 2 does not smooth."""

    def __post_init__(self) -> None:
        for name in _ABOVE_ZERO:
            if not getattr(self, name) > 0:
                msg = f"Give a number above 0 for {name}: {getattr(self, name)} is not."
                raise ValueError(msg)
        for least in (self.size_threshold, self.atlas_size_threshold):
            if not least > 1:
                msg = f"Give a size_threshold above 1: {least} is not."
                raise ValueError(msg)
        for name in ("doubt_strength", "kept_start"):
            if not 0 <= getattr(self, name) <= 1:
                msg = f"Give a number from 0 to 1 for {name}: {getattr(self, name)} is not."
                raise ValueError(msg)
        for name in _FROM_ZERO:
            if not getattr(self, name) >= 0:
                msg = f"Give a number of 0 or more for {name}: {getattr(self, name)} is not."
                raise ValueError(msg)

    def threshold(self, mode: Mode) -> float:
        """Return the mismatch score at which the mask is one half."""
        return self.atlas_threshold if mode is Mode.ATLAS else self.follow_up_threshold

    def size_limits(self, mode: Mode) -> tuple[float, float]:
        """Return the least factor of a change in size that counts, and that over the median."""
        if mode is Mode.ATLAS:
            return self.atlas_size_threshold, self.atlas_size_over_median
        return self.size_threshold, self.size_over_median


@dataclass(frozen=True)
class Settings:
    """The settings of a registration; the defaults suit two scans of one patient."""

    recipe: Recipe = Recipe.VOLUME_PRESERVING
    mode: Mode = Mode.FOLLOW_UP
    method: Method = Method.PROJECTED
    preset: str = "auto"
    affine: AffineKind = AffineKind.AFFINE
    start: StartKind = StartKind.AUTO
    device: str = "auto"
    seed: int = 0
    similarity: PairSettings = field(default_factory=PairSettings)
    volume: VolumeSettings = field(default_factory=VolumeSettings)
    paper: PenaltySettings = field(default_factory=PenaltySettings)
    solver: SolverKind = SolverKind.PAIR
    model: str = ""
    """The name or path of the network's weights."""
    refine: int = 20
    """Steps of optimisation after the network."""
    volume_share: float = 1.0
    """How much volume counts, 0 to 1, for a network that was trained for all of these."""

    def __post_init__(self) -> None:
        if (self.solver is SolverKind.NETWORK) != bool(self.model):
            msg = "Name a model for the network, and choose the network as solver for a model."
            raise ValueError(msg)
        if self.refine < 0:
            msg = f"Give a number of 0 or more steps of refinement: {self.refine} is not."
            raise ValueError(msg)
        if not 0 <= self.volume_share <= 1:
            msg = f"Give a volume share from 0 to 1: {self.volume_share} is not."
            raise ValueError(msg)

    def to_json_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_json_dict(cls, plain: dict[str, Any]) -> Settings:
        """Build settings from plain values; ValueError names what is unknown or does not fit."""
        return from_plain(cls, plain)
