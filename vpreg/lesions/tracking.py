"""What following the lesions of a study comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vpreg.lesions.alignment import Alignment
from vpreg.lesions.alignment_figures import AlignmentFigures
from vpreg.lesions.history import Changes
from vpreg.lesions.lesion import Appearance, Lesion
from vpreg.lesions.measure import Measurement
from vpreg.lesions.registrations import Registered
from vpreg.lesions.response.case import is_unequivocal
from vpreg.lesions.response.verdict import Response
from vpreg.lesions.segmentation import Segmentation
from vpreg.lesions.study.study import Study
from vpreg.lesions.visit import Visit


@dataclass(frozen=True)
class Row:
    """One lesion at one time point.

    `measurement` is made on the segmentation of that date, `alignment` is a property of the
    alignment; both are None where the lesion is not there.
    """

    lesion: str
    time: int
    appearance: Appearance
    measurement: Measurement | None
    changes: Changes
    alignment: AlignmentFigures | None


@dataclass(frozen=True)
class Tracking:
    """A study with its lesions followed, measured and judged; `responses` by time point."""

    study: Study
    visits: tuple[Visit, ...]
    segmentations: tuple[Segmentation, ...]
    alignments: tuple[Alignment | None, ...]
    registered: tuple[Registered, ...]
    lesions: tuple[Lesion, ...]
    rows: tuple[Row, ...]
    responses: tuple[tuple[Response, ...], ...]
    notes: tuple[str, ...]
    settings: Mapping[str, Any]
    chain: bool

    @property
    def days(self) -> tuple[int, ...]:
        """The days of the time points, counted from the baseline."""
        points = self.study.time_points
        return tuple(point.day - points[0].day for point in points)

    def is_speck(self, lesion: str) -> bool:
        """Tell whether a lesion was never more than its voxels could have made."""
        found = [row.measurement for row in self.rows if row.lesion == lesion]
        return not any(one is not None and is_unequivocal(one) for one in found)

    def row(self, lesion: str, time: int) -> Row:
        """Return the row of a lesion at a time point."""
        return next(row for row in self.rows if (row.lesion, row.time) == (lesion, time))
