"""The volumes of all lesions over time, as one drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from vpreg.lesions.lesion import Event
from vpreg.lesions.tracking import Row, Tracking
from vpreg.report.svg import document, element, line, text

COLOURS = ("#1463c4", "#c2410c", "#0b7f74", "#8a3ffc", "#b8860b", "#d02670", "#4d5358", "#198038")
STYLE = (
    "text{font-size:13px;fill:#5b6470}.axis{stroke:#8b939c;stroke-width:1}"
    ".grid{stroke:#8b939c;stroke-opacity:.25}.name{font-weight:600}"
)
MOST_CURVES = len(COLOURS)
_WIDTH, _HEIGHT = 920.0, 430.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 96.0, 18.0, 58.0


class Scale(Enum):
    """How volumes are drawn: evenly, or so that doubling is always as high."""

    LINEAR = "linear"
    LOG = "log"


@dataclass(frozen=True)
class _Axes:
    days: float
    low: float
    high: float
    scale: Scale

    def x(self, day: float) -> float:
        return _LEFT + day / self.days * (_WIDTH - _LEFT - _RIGHT)

    def y(self, ml: float) -> float:
        inner = _HEIGHT - _TOP - _BOTTOM
        if self.scale is Scale.LINEAR:
            return _TOP + inner * (1 - (ml - self.low) / (self.high - self.low))
        share = math.log(max(ml, self.low) / self.low) / math.log(self.high / self.low)
        return _TOP + inner * (1 - share)


def shown_lesions(tracking: Tracking) -> list[str]:
    """Name the lesions with curves and pictures: the largest ones, specks only if all are."""
    sizes = {
        lesion.name: max((_ml(row) for row in _rows(tracking, lesion.name)), default=0.0)
        for lesion in tracking.lesions
    }
    plain = [name for name in sizes if not tracking.is_speck(name)] or list(sizes)
    largest = sorted(plain, key=lambda name: -sizes[name])[:MOST_CURVES]
    return [lesion.name for lesion in tracking.lesions if lesion.name in largest]


def growth_curves(tracking: Tracking, scale: Scale) -> str:
    """Draw one line a lesion, its points with the uncertainty of the volume as a bar."""
    names = shown_lesions(tracking)
    axes = _axes(tracking, names, scale)
    parts = [*_grid(axes), *_dates(axes, tracking)]
    labels: list[tuple[float, float, str, str]] = []
    for name, colour in zip(names, COLOURS, strict=False):
        rows = [row for row in _rows(tracking, name) if _is_drawn(row, scale)]
        parts += _curve(rows, axes, colour, tracking)
        if rows:
            last = rows[-1]
            at = axes.x(tracking.days[last.time]), axes.y(_ml(last))
            labels.append((*at, name, colour))
    parts += _names(labels)
    title = f"Segmented volume in millilitres over time, {scale.value} scale"
    return document(_WIDTH, _HEIGHT, "".join(parts), title=title, style=STYLE)


def _rows(tracking: Tracking, name: str) -> list[Row]:
    return [row for row in tracking.rows if row.lesion == name]


def _ml(row: Row) -> float:
    return 0.0 if row.measurement is None else row.measurement.volume.ml


def _is_drawn(row: Row, scale: Scale) -> bool:
    vanished = row.appearance.event is Event.VANISHED and scale is Scale.LINEAR
    return row.measurement is not None or vanished


def _axes(tracking: Tracking, names: Sequence[str], scale: Scale) -> _Axes:
    measured = [
        row.measurement.volume for row in tracking.rows if row.measurement and row.lesion in names
    ]
    high = max((one.highest_ml for one in measured), default=1.0)
    if scale is Scale.LINEAR:
        step = _step(high)
        return _Axes(tracking.days[-1], 0.0, math.ceil(high / step) * step, scale)
    low = min((one.ml for one in measured), default=0.1)
    return _Axes(
        tracking.days[-1],
        10 ** math.floor(math.log10(low)),
        10 ** math.ceil(math.log10(high)),
        scale,
    )


def _step(high: float) -> float:
    rough = high / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough)


def _grid(axes: _Axes) -> list[str]:
    if axes.scale is Scale.LINEAR:
        step = _step(axes.high)
        ticks = [n * step for n in range(round(axes.high / step) + 1)]
    else:
        first, last = round(math.log10(axes.low)), round(math.log10(axes.high))
        ticks = [10.0**n for n in range(first, last + 1)]
    parts = [text("ml", 12, _TOP + 6)]
    for tick in ticks:
        y = axes.y(tick)
        parts.append(line(_LEFT, y, _WIDTH - _RIGHT, y, class_="grid"))
        parts.append(text(f"{tick:g}", _LEFT - 8, y + 4.5, text_anchor="end"))
    return parts


def _dates(axes: _Axes, tracking: Tracking) -> list[str]:
    bottom = _HEIGHT - _BOTTOM
    parts = [line(_LEFT, bottom, _WIDTH - _RIGHT, bottom, class_="axis")]
    free = -math.inf
    for name, day in zip(tracking.study.names, tracking.days, strict=True):
        x = axes.x(day)
        parts.append(line(x, bottom, x, bottom + 5, class_="axis"))
        if x - free >= 92:
            parts.append(text(name, x, bottom + 22, text_anchor="middle"))
            if not name.startswith("day"):
                parts.append(text(f"day {day}", x, bottom + 40, text_anchor="middle"))
            free = x
    return parts


def _curve(rows: Sequence[Row], axes: _Axes, colour: str, tracking: Tracking) -> list[str]:
    points = [(axes.x(tracking.days[row.time]), axes.y(_ml(row))) for row in rows]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts = [
        element("polyline", {"points": path, "fill": "none", "stroke": colour, "stroke-width": 2})
    ]
    for row, (x, y) in zip(rows, points, strict=True):
        if row.measurement is not None:
            volume = row.measurement.volume
            top, bottom = axes.y(volume.highest_ml), axes.y(max(volume.lowest_ml, axes.low))
            parts.append(line(x, top, x, bottom, stroke=colour, stroke_width=1.5))
            parts += [
                line(x - 4, end, x + 4, end, stroke=colour, stroke_width=1.5)
                for end in (top, bottom)
            ]
        fill = colour if row.measurement is not None else "none"
        words = f"{row.lesion}, {tracking.study.names[row.time]}: {_ml(row):.2f} ml"
        parts.append(
            element(
                "circle",
                {"cx": x, "cy": y, "r": 4.5, "fill": fill, "stroke": colour, "stroke-width": 2},
                element("title", {}, words),
            )
        )
    return parts


def _names(labels: list[tuple[float, float, str, str]]) -> list[str]:
    """Write each name beside the last point of its line, none over another."""
    parts = []
    taken: list[tuple[float, float]] = []
    for x, y, name, colour in sorted(labels, key=lambda label: -label[1]):
        near = [place for at, place in taken if abs(at - x) < 40]
        y = min([y, *(place - 15 for place in near)])
        taken.append((x, y))
        parts.append(text(name, x + 10, y + 4.5, class_="name", style=f"fill:{colour}"))
    return parts
