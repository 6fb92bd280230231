"""What a study needs to be followed, fixed at the moment of the start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from VolumePreservingRegLib.timeline.dates import read_when
from VolumePreservingRegLib.timeline.options import TimelineOptions
from VolumePreservingRegLib.timeline.problems import in_order
from VolumePreservingRegLib.timeline.time_point import TimePoint


@dataclass(frozen=True)
class StudyRequest:
    """Time points in the order of time, and how to follow the lesions.

    `settings` is what the engine's `Settings` says in JSON; registrations are kept in `work`.
    """

    points: tuple[TimePoint, ...]
    options: TimelineOptions
    work: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    hideGpu: bool = False
    keepFolder: bool = False

    @property
    def fixed(self) -> Any:
        """The scan of the baseline, over which all others are laid."""
        return self.points[0].scan


def made_with(points: list[TimePoint], options: TimelineOptions, settings: Mapping) -> str:
    """Return all that a result depends on, but for the voxels."""
    content = {
        "points": [
            [point.key, read_when(point.date).words(), point.segmentID]
            for point in in_order(points)
        ],
        "nodes": [[point.scan.GetName(), point.segmentation.GetName()] for point in points],
        "rule": options.rule.value,
        "chain": options.chain,
        "lookedForNew": options.lookedForNew,
        "settings": {name: value for name, value in settings.items() if name != "device"},
    }
    return json.dumps(content, sort_keys=True)
