"""One visit of the patient, as the user has chosen it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ALL_SEGMENTS = ""


@dataclass(frozen=True)
class TimePoint:
    """A scan, what is segmented in it, and the date as the user wrote it.

    `key` stays the same for as long as the time point is in the list.
    """

    key: str
    scan: Any = None
    segmentation: Any = None
    date: str = ""
    segmentID: str = ALL_SEGMENTS
