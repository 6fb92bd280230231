"""The levels of a solver, written as the iterations of each, coarse to fine."""

from __future__ import annotations

from slicer.i18n import tr as _

MOST_LEVELS = 5
MOST_ITERATIONS = 1000
FINEST_FIELD_FACTOR = 1.5


def read_iterations(text: str) -> tuple[int, ...]:
    """Return the iterations of each level; ValueError with a plain sentence if there are none."""
    words = text.replace(",", " ").split()
    if 1 <= len(words) <= MOST_LEVELS and all(word.isdecimal() for word in words):
        numbers = tuple(int(word) for word in words)
        if max(numbers) <= MOST_ITERATIONS:
            return numbers
    msg = _(
        "Write one to {levels} whole numbers up to {most} for the iterations, such as 60 40 10."
    ).format(levels=MOST_LEVELS, most=MOST_ITERATIONS)
    raise ValueError(msg)


def solver_levels(text: str) -> dict[str, list[float] | list[int]]:
    """Return the levels as the engine wants them: each twice as fine as the one before.

    On the finest one the field is coarser than the images, as in the engine's own settings.
    """
    iterations = read_iterations(text)
    count = len(iterations)
    finest = [FINEST_FIELD_FACTOR] if count > 1 else [1.0]
    return {
        "factors": [2 ** (count - 1 - level) for level in range(count)],
        "field_factors": [1.0] * (count - 1) + finest,
        "iterations": list(iterations),
    }
