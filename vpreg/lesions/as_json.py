"""A tracking as JSON, in the words of Resources/schemas/tracking.schema.json."""

from __future__ import annotations

from pathlib import Path

import vpreg
from vpreg.lesions.alignment_figures import AlignedSize, AlignmentFigures
from vpreg.lesions.growth import Change
from vpreg.lesions.history import Changes
from vpreg.lesions.measure import Measurement
from vpreg.lesions.response.verdict import Response
from vpreg.lesions.tracking import Row, Tracking
from vpreg.metrics.json_figures import Json, to_json

SCHEMA = "vpreg.tracking"
SCHEMA_VERSION = 1


def tracking_json(tracking: Tracking, *, registrations: dict[int, str]) -> dict[str, Json]:
    """Return everything that was found; `registrations` are folders beside the file, by time."""
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "vpreg_version": vpreg.__version__,
        "title": tracking.study.title,
        "units": {"volume": "ml", "length": "mm", "position": "mm LPS", "time": "days"},
        "chain": tracking.chain,
        "settings": to_json(dict(tracking.settings)),
        "notes": list(tracking.notes),
        "time_points": [
            _time_point(tracking, time, registrations.get(time))
            for time in range(len(tracking.visits))
        ],
        "lesions": [
            {
                "name": lesion.name,
                "first_seen": tracking.study.names[lesion.first],
                "is_new": lesion.is_new,
                "times": [_row(tracking.row(lesion.name, t), tracking) for t in _times(tracking)],
            }
            for lesion in tracking.lesions
        ],
    }


def _times(tracking: Tracking) -> range:
    return range(len(tracking.visits))


def _time_point(tracking: Tracking, time: int, registration: str | None) -> dict[str, Json]:
    point = tracking.study.time_points[time]
    segmentation = tracking.segmentations[time]
    return {
        "name": point.name,
        "day": tracking.days[time],
        "scan": _path(point.scan),
        "segmentations": [_path(path) for path in point.segmentations],
        "registration": registration,
        "pieces": [
            {
                "number": piece.number,
                "label": piece.label,
                "voxels": piece.voxels,
                "centroid_lps_mm": piece.centroid_lps.tolist(),
            }
            for piece in segmentation.pieces
        ],
        "response": [_response(one) for one in tracking.responses[time]],
    }


def _path(path: Path) -> str:
    return path.as_posix()


def _row(row: Row, tracking: Tracking) -> dict[str, Json]:
    return {
        "time_point": tracking.study.names[row.time],
        "event": row.appearance.event.value,
        "others": list(row.appearance.others),
        "pieces": list(row.appearance.pieces),
        "segmented": None if row.measurement is None else _measurement(row.measurement),
        "change": _changes(row.changes),
        "alignment": None if row.alignment is None else _alignment(row.alignment),
    }


def _measurement(one: Measurement) -> dict[str, Json]:
    return {
        "voxels": one.voxels,
        "volume_ml": one.volume.ml,
        "volume_uncertainty_ml": one.volume.uncertainty_ml,
        "longest_axial_diameter_mm": one.longest_mm,
        "perpendicular_mm": one.perpendicular_mm,
        "product_mm2": one.product_mm2,
        "axial_slices": one.slices,
        "slice_distance_mm": one.slice_mm,
        "centroid_lps_mm": list(one.centroid_lps),
        "diameters": [
            {
                "longest_lps_mm": to_json(line.longest_lps),
                "perpendicular_lps_mm": to_json(line.perpendicular_lps),
                "slice_index": line.slice_index,
            }
            for line in one.diameters
        ],
    }


def _changes(changes: Changes) -> dict[str, Json]:
    return {
        "since_baseline": _change(changes.since_baseline),
        "since_nadir": _change(changes.since_nadir),
        "since_previous": _change(changes.since_previous),
    }


def _change(change: Change | None) -> Json:
    return None if change is None else to_json(change)


def _alignment(figures: AlignmentFigures) -> dict[str, Json]:
    only = figures.similarity_only
    return {
        "volume_preserving": _size(figures.kept),
        "similarity_only": None if only is None else _size(only),
    }


def _size(size: AlignedSize) -> Json:
    return to_json(size)


def _response(response: Response) -> dict[str, Json]:
    return {
        "criteria": response.criteria.value,
        "category": None if response.category is None else response.category.value,
        "reason": response.reason,
        "targets": list(response.targets),
        "sums": None if response.sums is None else to_json(response.sums),
        "caveats": list(response.caveats),
    }
