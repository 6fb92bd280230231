"""Find the lowest point of a smooth loss of a few parameters (BFGS)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

ValueAndSlope = Callable[[np.ndarray], tuple[float, np.ndarray]]
_ENOUGH = 1e-4
_HALVINGS = 6


@dataclass(frozen=True)
class Descent:
    """Where a search ended; `inverse_curvature` (n, n) lets the next one start well."""

    parameters: np.ndarray
    value: float
    inverse_curvature: np.ndarray
    evaluations: int


def descend(
    loss: ValueAndSlope,
    start: np.ndarray,
    *,
    inverse_curvature: np.ndarray | None,
    longest_step: float,
    shortest_step: float,
    iterations: int,
    each_iteration: Callable[[int], None],
) -> Descent:
    """Minimise a loss from `start` until steps are shorter than `shortest_step`.

    Without a curvature the first step goes down the slope by half the longest one.
    """
    p = start
    value, slope = loss(p)
    evaluations = 1
    curvature = inverse_curvature
    for iteration in range(iterations):
        each_iteration(iteration)
        norm = float(np.linalg.norm(slope))
        if norm == 0.0:
            break
        if curvature is None:
            curvature = np.eye(len(p)) * (0.5 * longest_step / norm)
        step = -curvature @ slope
        if step @ slope >= 0:
            curvature = np.eye(len(p)) * (0.5 * longest_step / norm)
            step = -curvature @ slope
        step *= min(1.0, longest_step / max(float(np.linalg.norm(step)), 1e-30))
        found = _search(loss, p, value, slope, step)
        evaluations += found.evaluations
        if found.slope is None:
            break
        moved = found.parameters - p
        curvature = _updated(curvature, moved, found.slope - slope)
        p, value, slope = found.parameters, found.value, found.slope
        if float(np.linalg.norm(moved)) < shortest_step:
            break
    final = np.eye(len(p)) if curvature is None else curvature
    return Descent(p, value, final, evaluations)


@dataclass(frozen=True)
class _Found:
    parameters: np.ndarray
    value: float
    slope: np.ndarray | None
    evaluations: int


def _search(
    loss: ValueAndSlope, p: np.ndarray, value: float, slope: np.ndarray, step: np.ndarray
) -> _Found:
    """Shorten a step until the loss falls as it should; no slope when it never does."""
    expected = float(slope @ step)
    share = 1.0
    for tried in range(1, _HALVINGS + 1):
        there = p + share * step
        new_value, new_slope = loss(there)
        if new_value <= value + _ENOUGH * share * expected:
            return _Found(there, new_value, new_slope, tried)
        # The parabola through both values and the slope, within bounds.
        drop = new_value - value - share * expected
        share *= min(0.5, max(0.1, -0.5 * share * expected / max(drop, 1e-30)))
    return _Found(p, value, None, _HALVINGS)


def _updated(inverse: np.ndarray, moved: np.ndarray, change: np.ndarray) -> np.ndarray:
    """Learn the curvature from one step (Broyden, Fletcher, Goldfarb, Shanno 1970)."""
    product = float(moved @ change)
    if product <= 1e-10 * float(np.linalg.norm(moved) * np.linalg.norm(change)):
        return inverse
    left = np.eye(len(moved)) - np.outer(moved, change) / product
    result: np.ndarray = left @ inverse @ left.T + np.outer(moved, moved) / product
    return result
