"""From the parameter node to a job."""

from __future__ import annotations

from typing import Any

from VolumePreservingRegLib.panel.choices import Device
from VolumePreservingRegLib.panel.settings_json import settings_json
from VolumePreservingRegLib.run.request import Request, SegmentChoice


def request_of(parameters: Any) -> Request:
    """Return the job that the user has chosen."""
    return Request(
        fixed=parameters.baseline,
        moving=parameters.followUp,
        fixedTumor=_segment(parameters, "baselineTumor"),
        movingTumor=_segment(parameters, "followUpTumor"),
        fixedOrgan=_segment(parameters, "baselineOrgan"),
        movingOrgan=_segment(parameters, "followUpOrgan"),
        settings=settings_json(parameters),
        hideGpu=parameters.device is Device.CPU,
        keepFolder=parameters.keepIntermediate,
    )


def _segment(parameters: Any, field: str) -> SegmentChoice | None:
    node = getattr(parameters, field)
    return None if node is None else SegmentChoice(node, getattr(parameters, f"{field}SegmentID"))
