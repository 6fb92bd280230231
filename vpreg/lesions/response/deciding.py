"""What all criteria do with new lesions, other lesions and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from vpreg.lesions.response.case import Case, listed
from vpreg.lesions.response.limits import Limits, compare
from vpreg.lesions.response.verdict import Category, Criteria, Response, Sums

_MOST_NAMED = 4
MISSING = (
    "Not decided: nobody said whether new lesions were looked for outside of the segmented ones. "
    "Write new_lesions_looked_for = true under [response] in STUDY.toml once that is done; a new "
    "lesion would be progression, whatever the size of the others."
)


def refuse(criteria: Criteria, reason: str) -> Response:
    """Return the words that stand instead of a category."""
    return Response(criteria, None, f"Not applicable: {reason}")


def decide(
    case: Case,
    time: int,
    *,
    criteria: Criteria,
    targets: Sequence[str],
    sums: Sums,
    limits: Limits,
    new: Sequence[str],
    caveats: Sequence[str] = (),
    is_complete: bool | None = None,
) -> Response:
    """Decide by new lesions, other lesions and the sum, in this order.

    `new` are the new lesions that count. `is_complete` says whether the targets are gone where
    the sum alone cannot (lymph nodes never measure 0).
    """
    category, reason = compare(sums, limits)
    if category is not Category.PROGRESSIVE_DISEASE and is_complete:
        category, reason = Category.COMPLETE_RESPONSE, "CR: all target lesions have disappeared."
    others = [name for name in case.at_baseline() if name not in targets]
    left = [name for name in others if case.measurements[name][time] is not None]
    if new:
        category, reason = Category.PROGRESSIVE_DISEASE, f"PD: {_are_new(new)}"
    elif case.facts.nontarget_progression.get(case.names[time]):
        category = Category.PROGRESSIVE_DISEASE
        reason = "PD: the reader saw unequivocal progression of other lesions than the targets."
    elif category is Category.COMPLETE_RESPONSE and left:
        category = Category.PARTIAL_RESPONSE
        reason = f"PR: all target lesions have disappeared, but {listed(left)} can still be seen."
    if category is not Category.PROGRESSIVE_DISEASE and not case.facts.new_lesions_looked_for:
        return Response(criteria, None, f"{MISSING} By size alone: {reason}", tuple(targets), sums)
    notes = [*caveats, *_unjudged(case, time, others, category)]
    return Response(criteria, category, reason, tuple(targets), sums, tuple(notes))


def _are_new(new: Sequence[str]) -> str:
    return f"{listed(new)} {'is' if len(new) == 1 else 'are'} new since the baseline."


def _unjudged(case: Case, time: int, others: Sequence[str], category: Category) -> list[str]:
    judged = case.names[time] in case.facts.nontarget_progression
    if not others or judged or category is Category.PROGRESSIVE_DISEASE:
        return []
    return [f"Whether {listed(others)}, not among the targets, progressed is for the reader."]


def doubtful_note(doubtful: Sequence[str]) -> list[str]:
    """Say which specks were not taken for new lesions."""
    if not doubtful:
        return []
    verb = "was" if len(doubtful) == 1 else "were"
    few = list(doubtful)
    if len(few) > _MOST_NAMED:
        few = [*few[:_MOST_NAMED], f"{len(few) - _MOST_NAMED} others"]
    note = (
        f"{listed(few)} {verb} not counted as new: too small to be told from the error of the "
        "voxels, below 5 mm, or in a single slice. Look at them."
    )
    return [note]
