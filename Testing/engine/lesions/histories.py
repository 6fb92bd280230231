"""Patients with five dates, and criteria's cases made of numbers."""

from __future__ import annotations

import itertools

import numpy as np

from vpreg.images.grid import Grid
from vpreg.lesions.lesion import Appearance, Event, Lesion
from vpreg.lesions.measure import Measurement
from vpreg.lesions.overlap import Aligned
from vpreg.lesions.point_maps import BaselineMap
from vpreg.lesions.response.case import Case
from vpreg.lesions.segmentation import find_pieces
from vpreg.lesions.study.study import PieceRule, ResponseFacts
from vpreg.lesions.volume import Volume
from vpreg.synthetic.lesion_history import Ball, segment

DATES = 5
FINE = Grid((60, 80, 80), (1.5, 1.5, 1.5), (-60.0, -60.0, -45.0))
THICK = Grid((18, 100, 100), (5.0, 1.2, 1.2), (-60.0, -60.0, -45.0))


def patient(seed: int) -> dict[str, list[Ball]]:
    """Return balls by what they do; their places differ between seeds."""
    random = np.random.default_rng(seed)

    def near(x: float, y: float, z: float) -> tuple[float, float, float]:
        step = random.uniform(-2, 2, 3)
        return (x + step[0], y + step[1], z + step[2])

    left, right = near(-30, 30, 12), near(-30, 30, 12)
    left, right = (left[0] - 9, *left[1:]), (left[0] + 9, *left[1:])
    top, bottom = near(30, 30, -10), None
    bottom = (top[0], top[1] + 14, top[2])
    return {
        "grows": [Ball.of_volumes(near(-30, -30, -10), [4, 5.2, 6.8, 9.2, 12])],
        "shrinks": [Ball.of_volumes(near(0, -30, 15), [6, 4.5, 3.5, 2.5, 1.8])],
        "new": [Ball.of_volumes(near(32, -32, 0), [0, 0, 0.8, 1.5, 2.4])],
        "vanishes": [Ball.of_volumes(near(0, 0, -20), [2, 1.4, 0.7, 0, 0])],
        "merge": [Ball(left, (6, 7, 8, 10, 11)), Ball(right, (4, 5, 6, 8, 9))],
        "splits": [Ball(top, (9, 8.5, 5.5, 5, 4.5)), Ball(bottom, (8, 7.5, 5, 4.5, 4))],
    }


def shifts(seed: int) -> list[tuple[float, float, float]]:
    random = np.random.default_rng(seed + 100)
    return [(0.0, 0.0, 0.0), *(tuple(random.uniform(-4, 4, 3)) for _ in range(DATES - 1))]


def aligned(balls: list[Ball], date: int, grid: Grid, shift) -> Aligned:
    """Segment a date whose alignment is known: a shift."""
    mask = segment(balls, date, grid, shift_lps=shift)
    there = np.array(shift)
    maps = BaselineMap(lambda p: p + there, lambda p: p - there)
    return Aligned(find_pieces(mask.astype(int), grid, rule=PieceRule.COMPONENTS), maps)


def history(seed: int, grid: Grid) -> list[Aligned]:
    balls = list(itertools.chain(*patient(seed).values()))
    moved = shifts(seed)
    return [aligned(balls, date, grid, moved[date]) for date in range(DATES)]


def boxes(*dates: list[tuple[slice, slice, slice]], shape=(20, 40, 40)) -> list[Aligned]:
    """Return dates with boxes on 1 mm voxels, already aligned; largest first is number 1."""
    found = []
    for given in dates:
        labels = np.zeros(shape, dtype=int)
        for box in given:
            labels[box] = 1
        same = BaselineMap(lambda p: p, lambda p: p)
        pieces = find_pieces(labels, Grid(shape), rule=PieceRule.COMPONENTS)
        found.append(Aligned(pieces, same))
    return found


def box(k, j, i, size=4):
    return (slice(k, k + size), slice(j, j + size), slice(i, i + size))


def measured(longest, across=None, *, slices=3, slice_mm=1.0, ml=None, unsure=0.01) -> Measurement:
    """Return a measurement made of numbers."""
    across = longest if across is None else across
    ml = longest**3 / 2000 if ml is None else ml
    return Measurement(
        pieces=(1,),
        voxels=100,
        volume=Volume(ml, unsure),
        longest_mm=longest,
        perpendicular_mm=across,
        product_mm2=longest * across,
        slices=slices,
        slice_mm=slice_mm,
        centroid_lps=(0.0, 0.0, 0.0),
        diameters=(),
    )


def case(series: dict[str, list[Measurement | None]], **facts) -> Case:
    """Return a case of lesions by name; None before the first measurement is not there yet."""
    facts = {"new_lesions_looked_for": True, **facts}
    count = len(next(iter(series.values())))
    lesions = {name: Lesion(name, tuple(_appearances(row))) for name, row in series.items()}
    names = tuple(f"day {90 * n}" for n in range(count))
    return Case(names, lesions, series, ResponseFacts(**facts))


def _appearances(row):
    seen = False
    for one in row:
        if one is None:
            yield Appearance(Event.VANISHED if seen else Event.NOT_YET)
        else:
            yield Appearance(Event.CONTINUED if seen else Event.BASELINE, (1,))
            seen = True
