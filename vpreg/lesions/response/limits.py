"""Compare a sum with its limits and put the comparison into words."""

from __future__ import annotations

from dataclasses import dataclass

from vpreg.lesions.response.verdict import Category, Sums

# A sum that reaches a limit by its digits must not miss it by rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Limits:
    """At which shares a sum has responded (since baseline) or progressed (since nadir)."""

    response: float
    progression: float
    progression_at_least: float = 0.0


def compare(sums: Sums, limits: Limits) -> tuple[Category, str]:
    """Return the category by size alone, progression before response, and the rule in words.

    The baseline has to be above 0. Limits are reached at equality ("at least").
    """
    if sums.nadir <= 0 < sums.now:
        return Category.PROGRESSIVE_DISEASE, (
            f"PD: the {sums.quantity} is {_of(sums.now, sums)} after all targets had disappeared."
        )
    since_nadir = (sums.now - sums.nadir) / sums.nadir if sums.nadir > 0 else 0.0
    amount = sums.now - sums.nadir
    if _reaches(since_nadir, limits.progression) and _reaches(amount, limits.progression_at_least):
        return Category.PROGRESSIVE_DISEASE, _progressed(sums, since_nadir, limits)
    since_baseline = (sums.now - sums.baseline) / sums.baseline
    if sums.now <= 0:
        return Category.COMPLETE_RESPONSE, "CR: all target lesions have disappeared."
    if _reaches(-since_baseline, limits.response):
        return Category.PARTIAL_RESPONSE, (
            f"PR: the {sums.quantity} fell from {_of(sums.baseline, sums)} at baseline to "
            f"{_of(sums.now, sums)}, by {-since_baseline:.1%}; the limit is "
            f"{limits.response:.0%} or more."
        )
    return Category.STABLE_DISEASE, _stable(sums, since_baseline, since_nadir, limits)


def _progressed(sums: Sums, share: float, limits: Limits) -> str:
    amount = (
        f" and at least {limits.progression_at_least:g} {sums.unit} (here "
        f"{sums.now - sums.nadir:.1f})"
        if limits.progression_at_least
        else ""
    )
    return (
        f"PD: the {sums.quantity} rose from its smallest value {_of(sums.nadir, sums)} to "
        f"{_of(sums.now, sums)}, by {share:.1%}; the limit is {limits.progression:.0%} or "
        f"more{amount}."
    )


def _stable(sums: Sums, since_baseline: float, since_nadir: float, limits: Limits) -> str:
    text = (
        f"SD: the {sums.quantity} is {_of(sums.now, sums)}, {since_baseline:+.1%} since baseline "
        f"(PR needs {-limits.response:.0%}) and {since_nadir:+.1%} since the smallest value (PD "
        f"needs {limits.progression:+.0%}"
    )
    if limits.progression_at_least:
        text += f" and {limits.progression_at_least:+g} {sums.unit}"
    return text + ")."


def _reaches(value: float, limit: float) -> bool:
    return value >= limit - _ROUNDING


def _of(value: float, sums: Sums) -> str:
    return f"{value:.1f} {sums.unit}" if value >= 1 else f"{value:.3f} {sums.unit}"
