"""Read what belongs to a time point, and say in one sentence what cannot be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.reading import read_image, read_labels
from vpreg.lesions.piece import to_index, to_lps
from vpreg.lesions.study.study import TimePoint

_SMALLEST_MM, _LARGEST_MM = 20.0, 3000.0
_RATIO = 5.0


@dataclass(frozen=True)
class Visit:
    """A time point with its scan and its label map, which may lie on a grid of its own."""

    point: TimePoint
    scan: Image
    labels: np.ndarray
    labels_grid: Grid
    organ: Image | None
    notes: tuple[str, ...] = ()


def read_visit(point: TimePoint, *, tumor_labels: Sequence[int] | None = None) -> Visit:
    """Read all files of a time point; ValueError names the file that cannot be used.

    An empty segmentation is no error: the tumor may be gone. It is noted.
    """
    scan = read_image(point.scan)
    check_units(scan.grid, name=point.scan.name)
    maps = [(path, read_labels(path, allow_constant=True)) for path in point.segmentations]
    labels, grid = _combined(maps)
    if tumor_labels is not None:
        labels = np.where(np.isin(labels, tumor_labels), labels, 0)
    labels = np.where(labels > 0, labels, 0)
    names = ", ".join(path.name for path in point.segmentations)
    _check_full(labels, name=names)
    _check_inside(labels, grid, scan.grid, point)
    organ = None if point.organ is None else read_labels(point.organ, allow_constant=True)
    notes = []
    if not labels.any():
        notes.append(
            f"{names} ({point.name}) is empty and is read as: no tumor on that date. If it has not "
            "been drawn yet, leave the time point out until it is."
        )
    if not grid.matches(scan.grid):
        notes.append(
            f"{names} ({point.name}) lies on another grid than its scan: volumes are measured on "
            "its own grid, and nothing is resampled for them."
        )
    return Visit(point, scan, labels, grid, organ, tuple(notes))


def check_together(visits: Sequence[Visit]) -> None:
    """Raise ValueError where no tumor is segmented at all, or a scan has other units."""
    if not any(visit.labels.any() for visit in visits):
        msg = "Segment a tumor in at least one time point: all segmentations are empty."
        raise ValueError(msg)
    edges = [max(visit.scan.grid.extent_mm) for visit in visits]
    usual = float(np.median(edges))
    for visit, edge in zip(visits, edges, strict=True):
        if not 1 / _RATIO <= edge / usual <= _RATIO:
            msg = (
                f"Check the units of {visit.point.scan.name}: it is {edge:.4g} mm long, the other "
                f"scans about {usual:.4g} mm. The spacing may be in centimetres or metres."
            )
            raise ValueError(msg)


def check_units(grid: Grid, *, name: str) -> None:
    """Raise ValueError for a scan that is too small or too large for a body in millimetres."""
    longest = max(grid.extent_mm)
    if not _SMALLEST_MM <= longest <= _LARGEST_MM:
        msg = (
            f"Save {name} with its spacing in millimetres: it would be {longest:.4g} mm long, "
            "perhaps because the spacing is in centimetres, metres or micrometres."
        )
        raise ValueError(msg)


def _combined(maps: list[tuple[Path, Image]]) -> tuple[np.ndarray, Grid]:
    """Lay several maps together, each label of each file a label of its own."""
    first_path, first = maps[0]
    labels = np.array(first.array, dtype=np.int64)
    for path, other in maps[1:]:
        if not other.grid.matches(first.grid):
            msg = f"Save {path.name} on the grid of {first_path.name}: they differ."
            raise ValueError(msg)
        array = np.asarray(other.array)
        shared = int(((array > 0) & (labels > 0)).sum())
        if shared:
            msg = (
                f"Give each voxel to one lesion only: {path.name} overlaps the files before it in "
                f"{shared} voxels."
            )
            raise ValueError(msg)
        labels = np.where(array > 0, array + labels.max(), labels)
    return labels, first.grid


def _check_full(labels: np.ndarray, *, name: str) -> None:
    if labels.size and (labels > 0).all():
        msg = f"Check the segmentation {name}: the tumor fills the whole image."
        raise ValueError(msg)


def _check_inside(labels: np.ndarray, grid: Grid, scan: Grid, point: TimePoint) -> None:
    inside = np.argwhere(labels > 0)
    if not len(inside) or grid.matches(scan):
        return
    index = to_index(to_lps(inside, grid), scan)
    seen = ((index >= -0.5) & (index <= np.array(scan.shape) - 0.5)).all(-1).mean()
    if seen < 0.5:
        names = ", ".join(path.name for path in point.segmentations)
        msg = (
            f"Save {names} in the space of {point.scan.name}: {1 - seen:.0%} of the tumor lies "
            "outside of that scan, so that they do not belong together as they are."
        )
        raise ValueError(msg)
