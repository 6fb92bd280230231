"""Measure every lesion at every time point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vpreg.lesions.alignment_figures import AlignmentFigures
from vpreg.lesions.history import changes_at
from vpreg.lesions.lesion import Lesion
from vpreg.lesions.measure import Measurement, measure_lesion
from vpreg.lesions.segmentation import Segmentation
from vpreg.lesions.tracking import Row

Measurements = Mapping[str, Sequence[Measurement | None]]


def measure_all(lesions: Sequence[Lesion], segmentations: Sequence[Segmentation]) -> Measurements:
    """Return a measurement for each lesion and time point; None where the lesion is not there."""
    return {
        lesion.name: [
            _measure(lesion, time, segmentation) for time, segmentation in enumerate(segmentations)
        ]
        for lesion in lesions
    }


def rows_of(
    lesions: Sequence[Lesion],
    measurements: Measurements,
    figures: Sequence[Mapping[str, AlignmentFigures]],
    *,
    days: Sequence[int],
) -> tuple[Row, ...]:
    """Put together what is known of each lesion at each time point, lesion by lesion."""
    by_name = {lesion.name: lesion for lesion in lesions}
    volumes = {
        name: [None if one is None else one.volume for one in series]
        for name, series in measurements.items()
    }
    return tuple(
        Row(
            lesion=lesion.name,
            time=time,
            appearance=lesion.appearances[time],
            measurement=measurements[lesion.name][time],
            changes=changes_at(time, lesion, volumes=volumes, lesions=by_name, days=days),
            alignment=figures[time].get(lesion.name),
        )
        for lesion in lesions
        for time in range(len(days))
    )


def _measure(lesion: Lesion, time: int, segmentation: Segmentation) -> Measurement | None:
    numbers = lesion.appearances[time].pieces
    if not numbers:
        return None
    return measure_lesion([segmentation.pieces[number - 1] for number in numbers])
