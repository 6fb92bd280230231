"""What to register, or in what to look for slices, as nodes of the scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SparseRequest:
    """The atlas (moving) is laid over the scan (fixed), whose slices alone count.

    Without an atlas one can only look for the slices. `settings` is what the engine's
    `SparseSettings` says in JSON.
    """

    fixed: Any
    moving: Any = None
    acquiredMask: Any = None
    atlasSegmentation: Any = None
    scanSegmentation: Any = None
    excluded: Any = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    hideGpu: bool = False
    keepFolder: bool = False

    @property
    def nodes(self) -> list[Any]:
        """List all nodes that the result will refer to."""
        every = (
            self.fixed,
            self.moving,
            self.acquiredMask,
            self.atlasSegmentation,
            self.scanSegmentation,
            self.excluded,
        )
        return [node for node in every if node is not None]
