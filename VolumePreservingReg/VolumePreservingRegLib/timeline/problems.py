"""What is missing before all time points can be registered."""

from __future__ import annotations

from collections.abc import Sequence

from slicer.i18n import tr as _

from VolumePreservingRegLib.timeline.dates import read_when
from VolumePreservingRegLib.timeline.time_point import TimePoint

FEWEST = 2


def find_problem(points: Sequence[TimePoint]) -> str | None:
    """Return a plain sentence that says what to do, or None if all is there."""
    if len(points) < FEWEST:
        return _("Add at least two time points: a scan and its segmentation at two dates.")
    for row, point in enumerate(points, start=1):
        problem = _point_problem(point)
        if problem:
            return problem.format(row=row, date=point.date)
    return _dates_problem(points) or _twice(points)


def in_order(points: Sequence[TimePoint]) -> list[TimePoint]:
    """Sort time points without a problem by their dates; the first is the baseline."""
    return sorted(points, key=lambda point: read_when(point.date).day)


def _point_problem(point: TimePoint) -> str | None:
    if point.scan is None:
        return _("Select the scan of time point {row}.")
    image = point.scan.GetImageData()
    if image is None or not image.GetNumberOfPoints():
        return _("Select another scan for time point {row}: this one holds no image.")
    if point.segmentation is None:
        return _(
            "Select the segmentation of time point {row}; an empty one if no tumor is left there."
        )
    segmentation = point.segmentation.GetSegmentation()
    if point.segmentID and segmentation.GetSegment(point.segmentID) is None:
        return _("Select the segment of time point {row} again: it is gone.")
    if not point.date.strip():
        return _("Write the date of time point {row}, such as 2021-03-01, or a number of days.")
    if read_when(point.date) is None:
        return _(
            "Write the date of time point {row} as year-month-day, such as 2021-03-01, or as a"
            " number of days: it is {date}."
        )
    return None


def _dates_problem(points: Sequence[TimePoint]) -> str | None:
    times = [read_when(point.date) for point in points]
    if len({when.isDate for when in times}) > 1:
        return _("Write a date for all time points, or a number of days for all.")
    rows_of: dict[int, int] = {}
    for row, when in enumerate(times, start=1):
        if when.day in rows_of:
            return _("Give time points {one} and {other} different dates: both are {date}.").format(
                one=rows_of[when.day], other=row, date=when.words()
            )
        rows_of[when.day] = row
    return None


def _twice(points: Sequence[TimePoint]) -> str | None:
    for name, words in (
        ("scan", _("Select different scans: {name} is that of two time points.")),
        ("segmentation", _("Select different segmentations: {name} is that of two time points.")),
    ):
        nodes = [getattr(point, name) for point in points]
        for node in nodes:
            if nodes.count(node) > 1 and not _other_segments(points, node):
                return words.format(name=node.GetName())
    return None


def _other_segments(points: Sequence[TimePoint], node: object) -> bool:
    """Say whether one segmentation holds the lesions of several dates, a segment each."""
    chosen = [point.segmentID for point in points if point.segmentation is node]
    return bool(chosen) and all(chosen) and len(set(chosen)) == len(chosen)
