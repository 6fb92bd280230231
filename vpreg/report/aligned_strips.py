"""One lesion over time in the space of the baseline: the same slice of each aligned scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vpreg.images.image import Image
from vpreg.lesions.baseline_space import lesions_in_baseline_space, scan_in_baseline_space
from vpreg.lesions.piece import to_lps
from vpreg.lesions.tracking import Tracking
from vpreg.report.outlines import outline_path
from vpreg.report.slice_strips import (
    GAP,
    TILE,
    Plane,
    black_tile,
    half_window_mm,
    picture,
    scale_bar,
)
from vpreg.report.svg import document, element, text

_WORDS = 24.0
_STYLE = "text{font-size:12.5px;fill:#5b6470}"


@dataclass(frozen=True)
class AlignedDate:
    """A scan on the grid of the baseline scan, and the numbers of the lesions there."""

    name: str
    scan: Image
    lesions: np.ndarray


def aligned_dates(tracking: Tracking) -> list[AlignedDate]:
    """Bring all time points to the baseline, once for all lesions."""
    return [
        AlignedDate(
            name,
            scan_in_baseline_space(tracking, time),
            np.asarray(lesions_in_baseline_space(tracking, time).array),
        )
        for time, name in enumerate(tracking.study.names)
    ]


def aligned_strip(
    tracking: Tracking, dates: Sequence[AlignedDate], lesion: str, *, colour: str
) -> str:
    """Draw a lesion at all time points in one slice of the baseline, where it is largest.

    Nothing where the baseline does not see it.
    """
    number = [one.name for one in tracking.lesions].index(lesion) + 1
    largest = max((date.lesions == number for date in dates), key=np.count_nonzero)
    if not largest.any():
        return ""
    grid = dates[0].scan.grid
    x, y, z = to_lps(np.argwhere(largest), grid).mean(0).tolist()
    plane = Plane.through(grid, (x, y, z))
    half_mm = half_window_mm([row for row in tracking.rows if row.lesion == lesion])
    centre = plane.place_mm((x, y, z))
    tiles = [
        _tile(date, number, plane, centre, half_mm, colour, clip=f"clip-aligned-{lesion}-{time}")
        for time, date in enumerate(dates)
    ]
    parts = [
        element("g", {"transform": f"translate({time * (TILE + GAP):g} 0)"}, tile)
        for time, tile in enumerate(tiles)
    ]
    width = len(tiles) * (TILE + GAP) - GAP
    title = f"Lesion {lesion} over time, aligned with the baseline"
    return document(width, TILE + _WORDS, "".join(parts), title=title, style=_STYLE)


def _tile(
    date: AlignedDate,
    number: int,
    plane: Plane,
    centre: tuple[float, float],
    half_mm: float,
    colour: str,
    *,
    clip: str,
) -> str:
    scale = TILE / (2 * half_mm)
    outline = outline_path(plane.cut(date.lesions == number), pixel_mm=plane.pixel_mm)
    drawn = picture(date.scan, plane, centre, half_mm) + element(
        "path", {"d": outline, "fill": "none", "stroke": colour, "stroke-width": 1.8 / scale}
    )
    x, y = centre
    shift = f"scale({scale:.4f}) translate({half_mm - x:.3f} {half_mm - y:.3f})"
    window = element("rect", {"width": TILE, "height": TILE, "rx": 6})
    inner = element("g", {"transform": shift}, drawn)
    return (
        element("clipPath", {"id": clip}, window)
        + element("g", {"clip-path": f"url(#{clip})"}, black_tile() + inner)
        + scale_bar(scale)
        + text(f"{date.name}, aligned", 0, TILE + 17)
    )
