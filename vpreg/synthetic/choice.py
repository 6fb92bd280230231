"""Check one choice of a settings class."""

from __future__ import annotations

import math


def check_choice(name: str, value: float, low: float, high: float) -> None:
    """Raise ValueError unless a number lies between two bounds, both included."""
    if not (math.isfinite(value) and low <= value <= high):
        msg = f"Choose {name} from {low:g} to {high:g}: {value:g} is outside."
        raise ValueError(msg)


def check_range(name: str, span: tuple[float, float], low: float, high: float) -> None:
    """Raise ValueError unless a range is in order and lies between two bounds."""
    for value in span:
        check_choice(name, value, low, high)
    if span[0] > span[1]:
        msg = f"Give {name} as (lowest, highest): {span} is the other way round."
        raise ValueError(msg)


def check_shape(shape: tuple[int, int, int], *, least: int) -> None:
    """Raise ValueError unless every axis has enough voxels."""
    if len(shape) != 3 or min(shape) < least:
        msg = f"Give three axes of at least {least} voxels: {shape} is too small."
        raise ValueError(msg)
