"""One lesion over time: the slice in which it was measured, with outline and diameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.intensity import intensity_limits
from vpreg.images.preset_choice import guess_preset
from vpreg.lesions.diameters import axial_axis
from vpreg.lesions.measure import Measurement
from vpreg.lesions.piece import to_index
from vpreg.lesions.tracking import Row, Tracking
from vpreg.report.eight_bits import grey_bytes
from vpreg.report.outlines import outline_path
from vpreg.report.sheets import BLOCK, Encoding, encode_sheet
from vpreg.report.svg import document, element, line, text
from vpreg.report.tracking_words import became

TILE = 220.0
GAP = 12.0
_WORDS = 58.0
LEAST_HALF_MM = 22.0
MARGIN = 1.5
_STYLE = "text{font-size:12.5px;fill:#5b6470}.b{font-weight:600}"


@dataclass(frozen=True)
class Plane:
    """A slice laid as a radiologist looks at it: the patient's left is on the right.

    `rows` and `columns` are the array axes downwards and to the right; a flipped one runs against
    its index.
    """

    grid: Grid
    axis: int
    index: int
    rows: int
    columns: int
    flip_rows: bool
    flip_columns: bool

    @classmethod
    def through(cls, grid: Grid, point_lps: tuple[float, float, float]) -> Plane:
        """Choose the axial slice closest to a point."""
        axis = axial_axis(grid)
        direction = np.asarray(grid.direction)
        first, second = (a for a in range(3) if a != axis)
        # The axis closest to left-right runs across the picture.
        columns = first if abs(direction[0, first]) > abs(direction[0, second]) else second
        rows = second if columns == first else first
        at = round(float(to_index(np.array([point_lps]), grid)[0, axis]))
        index = min(max(at, 0), grid.shape[axis] - 1)
        flips = direction[1, rows] < 0, direction[0, columns] < 0
        return cls(grid, axis, index, rows, columns, bool(flips[0]), bool(flips[1]))

    def cut(self, voxels: np.ndarray) -> np.ndarray:
        """Return the slice of an array on the grid, as it is looked at."""
        plane = np.take(voxels, self.index, axis=self.axis)
        if self.rows > self.columns:
            plane = plane.T
        plane = plane[::-1] if self.flip_rows else plane
        return np.ascontiguousarray(plane[:, ::-1] if self.flip_columns else plane)

    def place_mm(self, point_lps: tuple[float, float, float]) -> tuple[float, float]:
        """Return where a point lies: mm right and down from the centre of the corner pixel."""
        index = to_index(np.array([point_lps]), self.grid)[0]
        right, down = float(index[self.columns]), float(index[self.rows])
        if self.flip_columns:
            right = self.grid.shape[self.columns] - 1 - right
        if self.flip_rows:
            down = self.grid.shape[self.rows] - 1 - down
        return right * self.pixel_mm[0], down * self.pixel_mm[1]

    @property
    def pixel_mm(self) -> tuple[float, float]:
        """The size of a pixel, across and down."""
        return self.grid.spacing_mm[self.columns], self.grid.spacing_mm[self.rows]


def slice_strip(tracking: Tracking, lesion: str, *, colour: str) -> str:
    """Draw a lesion at all time points, as scanned, with one scale for all of them."""
    rows = [row for row in tracking.rows if row.lesion == lesion]
    half_mm = half_window_mm(rows)
    parts = []
    for row in rows:
        left = row.time * (TILE + GAP)
        tile = _tile(tracking, row, half_mm, colour)
        words = _words(tracking, row)
        parts.append(element("g", {"transform": f"translate({left:g} 0)"}, tile + words))
    width = len(rows) * (TILE + GAP) - GAP
    title = f"Lesion {lesion} over time, axial slices as scanned"
    return document(width, TILE + _WORDS, "".join(parts), title=title, style=_STYLE)


def half_window_mm(rows: Sequence[Row]) -> float:
    """Return half the edge of a window that shows a lesion at all time points."""
    longest = [row.measurement.longest_mm for row in rows if row.measurement]
    return max(LEAST_HALF_MM, *(MARGIN / 2 * one for one in longest))


def _tile(tracking: Tracking, row: Row, half_mm: float, colour: str) -> str:
    visit = tracking.visits[row.time]
    centre = _centre(tracking, row)
    plane = Plane.through(visit.scan.grid, centre)
    x, y = plane.place_mm(centre)
    scale = TILE / (2 * half_mm)
    content = picture(visit.scan, plane, (x, y), half_mm)
    if row.measurement is not None:
        content += _marks(tracking, row, row.measurement, colour, scale)
    # In mm from here on, with the corner of the window at the corner of the tile.
    shift = f"scale({scale:.4f}) translate({half_mm - x:.3f} {half_mm - y:.3f})"
    name = f"clip-{row.lesion}-{row.time}"
    clip = element("rect", {"width": TILE, "height": TILE, "rx": 6})
    inner = element("g", {"transform": shift}, content)
    return (
        element("clipPath", {"id": name}, clip)
        + element("g", {"clip-path": f"url(#{name})"}, black_tile() + inner)
        + scale_bar(scale)
    )


def _centre(tracking: Tracking, row: Row) -> tuple[float, float, float]:
    """Return where to look: at the diameter, or where the lesion was seen at another time."""
    if row.measurement is not None:
        main = max(row.measurement.diameters, key=lambda one: one.longest_mm)
        return _middle(main.longest_lps)
    others = [other for other in tracking.rows if other.lesion == row.lesion and other.measurement]
    near = min(others, key=lambda other: abs(other.time - row.time))
    points = np.array([_centre(tracking, near)])
    source, target = tracking.alignments[near.time], tracking.alignments[row.time]
    if source is not None:
        points = source.points.to_baseline(points)
    if target is not None:
        points = target.points.from_baseline(points)
    x, y, z = points[0].tolist()
    return (x, y, z)


def _middle(
    segment: tuple[tuple[float, float, float], tuple[float, float, float]],
) -> tuple[float, float, float]:
    x, y, z = ((a + b) / 2 for a, b in zip(*segment, strict=True))
    return (x, y, z)


def picture(scan: Image, plane: Plane, centre: tuple[float, float], half_mm: float) -> str:
    """Draw the part of a slice that a window shows, in mm."""
    voxels = plane.cut(scan.array)
    width, height = plane.pixel_mm
    # Only what the window shows goes into the page.
    first = [
        max(0, int((c - half_mm) / s) - 1) for c, s in zip(centre, (width, height), strict=True)
    ]
    last = [int((c + half_mm) / s) + 2 for c, s in zip(centre, (width, height), strict=True)]
    part = voxels[first[1] : last[1], first[0] : last[0]]
    if part.size == 0:
        return ""
    low, high = intensity_limits(scan, guess_preset(scan))
    # A sheet has tiles of whole blocks: filled up here, the picture keeps its size in mm.
    down, right = (-n % BLOCK for n in part.shape)
    part = np.pad(part, ((0, down), (0, right)), constant_values=low)
    grey = grey_bytes(scan.voxels.new_tensor(part), low=low, high=high)
    return element(
        "image",
        {
            "href": encode_sheet(grey[None], Encoding.PNG),
            "x": (first[0] - 0.5) * width,
            "y": (first[1] - 0.5) * height,
            "width": part.shape[1] * width,
            "height": part.shape[0] * height,
            "preserveAspectRatio": "none",
        },
    )


def _marks(
    tracking: Tracking, row: Row, measurement: Measurement, colour: str, scale: float
) -> str:
    segmentation = tracking.segmentations[row.time]
    plane = Plane.through(segmentation.grid, _centre(tracking, row))
    mask = plane.cut(np.isin(segmentation.numbers, measurement.pieces))
    # The outline is of the segmentation's grid, the picture of the scan's.
    scan_plane = Plane.through(tracking.visits[row.time].scan.grid, _centre(tracking, row))
    x, y = scan_plane.place_mm(_centre(tracking, row))
    own_x, own_y = plane.place_mm(_centre(tracking, row))
    path = outline_path(mask, pixel_mm=plane.pixel_mm)
    outline = element(
        "path",
        {
            "d": path,
            "fill": "none",
            "stroke": colour,
            "stroke-width": 1.8 / scale,
            "transform": f"translate({x - own_x:.3f} {y - own_y:.3f})",
        },
    )
    main = max(measurement.diameters, key=lambda one: one.longest_mm)
    lines = ""
    for segment in (main.longest_lps, main.perpendicular_lps):
        start, end = (scan_plane.place_mm(point) for point in segment)
        lines += line(*start, *end, stroke="#ffffff", stroke_width=1.3 / scale)
    return outline + lines


def _words(tracking: Tracking, row: Row) -> str:
    measured = row.measurement
    name = tracking.study.names[row.time]
    if measured is None:
        said = [became(row)]
    else:
        volume = measured.volume
        said = [
            f"{volume.ml:.2f} \u00b1 {volume.uncertainty_ml:.2f} ml",
            f"{measured.longest_mm:.1f} \u00d7 {measured.perpendicular_mm:.1f} mm",
        ]
    lines = [text(name, 0, TILE + 17, class_="b")]
    return "".join([*lines, *(text(w, 0, TILE + 34 + 16 * n) for n, w in enumerate(said))])


def black_tile() -> str:
    """Draw what lies behind a picture."""
    return element("rect", {"width": TILE, "height": TILE, "fill": "#000"})


def scale_bar(scale: float) -> str:
    """Draw a centimetre."""
    length = 10 * scale
    y = TILE - 10
    return line(10, y, 10 + length, y, stroke="#fff", stroke_width=2) + text(
        "10 mm", 10, y - 5, style="fill:#fff;font-size:11px"
    )
