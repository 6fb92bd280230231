"""Which two scans a step learns from."""

from __future__ import annotations

import random

from vpreg.training.data.draws import Stream, seed_of


def ordered_pair(step: int, *, scans: int, seed: int) -> tuple[int, int]:
    """Draw a fixed and another moving scan, every ordered pair as likely as any other."""
    return _pair(seed_of(seed, Stream.PAIR, step) % (scans * (scans - 1)), scans)


def validation_choice(*, scans: int, most: int, seed: int) -> list[tuple[int, int]]:
    """Choose at most so many ordered pairs, none twice, the same for a seed."""
    count = scans * (scans - 1)
    if scans < 2:
        return []
    # A generator of its own: sampling without repeats from any number of pairs, and stable.
    draw = random.Random(seed_of(seed, Stream.VALIDATION, "pairs"))
    return [_pair(number, scans) for number in sorted(draw.sample(range(count), min(most, count)))]


def _pair(number: int, scans: int) -> tuple[int, int]:
    fixed, other = divmod(number, scans - 1)
    return fixed, other + (other >= fixed)
