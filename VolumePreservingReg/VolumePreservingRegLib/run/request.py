"""What to register, as nodes of the scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SegmentChoice:
    """A segmentation node and one segment of it; without one, all segments."""

    node: Any
    segmentID: str = ""


@dataclass(frozen=True)
class Request:
    """One registration: `moving` is laid over `fixed`.

    `settings` is what the engine's `Settings` says in JSON.
    """

    fixed: Any
    moving: Any
    fixedTumor: SegmentChoice | None = None
    movingTumor: SegmentChoice | None = None
    fixedOrgan: SegmentChoice | None = None
    movingOrgan: SegmentChoice | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    hideGpu: bool = False
    keepFolder: bool = False

    @property
    def nodes(self) -> list[Any]:
        """List all nodes that the result will refer to."""
        choices = (self.fixedTumor, self.movingTumor, self.fixedOrgan, self.movingOrgan)
        return [self.fixed, self.moving, *(one.node for one in choices if one is not None)]
