"""The longest diameter of a flat outline, and its longest perpendicular, exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable

Point = tuple[float, float]
Line = tuple[Point, Point]


def convex_hull(points: Iterable[Point]) -> list[Point]:
    """Return the corners of the convex hull, anticlockwise and none of them on an edge."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def longest_diameter(hull: list[Point]) -> Line:
    """Return the two corners farthest from each other, by rotating calipers."""
    n = len(hull)
    best = (hull[0], hull[-1])
    far = 1 % n
    for near in range(n):
        edge_end = hull[(near + 1) % n]
        # The opposite corner moves on while it gets farther from this edge.
        while n > 2 and _area(hull[near], edge_end, hull[(far + 1) % n]) > _area(
            hull[near], edge_end, hull[far]
        ):
            far = (far + 1) % n
        # An edge parallel to the opposite one has two farthest corners.
        for opposite in (hull[far], hull[(far + 1) % n]):
            for corner in (hull[near], edge_end):
                best = max(best, (corner, opposite), key=length)
    return best


def longest_perpendicular(hull: list[Point], diameter: Line) -> Line:
    """Return the longest chord of the hull at right angles to a diameter.

    It passes through a corner: between corners the length of parallel chords is linear.
    """
    (ax, ay), (bx, by) = diameter
    size = length(diameter)
    if len(hull) < 3 or size == 0:
        return (hull[0], hull[0])
    along = ((bx - ax) / size, (by - ay) / size)
    chords = [_chord(hull, corner, along) for corner in hull]
    return max(chords, key=length)


def length(line: Line) -> float:
    """Return the length of a line."""
    return math.dist(*line)


def _chord(hull: list[Point], through: Point, along: Point) -> Line:
    at = _dot(through, along)
    ends = [through]
    for start, end in zip(hull, hull[1:] + hull[:1], strict=True):
        a, b = _dot(start, along) - at, _dot(end, along) - at
        if a == b or a * b > 0:
            continue
        share = a / (a - b)
        ends.append(
            (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        )
    across = (-along[1], along[0])
    return (
        min(ends, key=lambda point: _dot(point, across)),
        max(ends, key=lambda point: _dot(point, across)),
    )


def _chain(ordered: list[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in ordered:
        while len(chain) > 1 and _area(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _area(a: Point, b: Point, c: Point) -> float:
    """Return twice the signed area of a triangle, positive where it turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _dot(a: Point, b: Point) -> float:
    return a[0] * b[0] + a[1] * b[1]
