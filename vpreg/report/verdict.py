"""What a reader is told first: one sentence on what happened to the tumor."""

from __future__ import annotations

from dataclasses import dataclass

from vpreg.recipes.result import Result
from vpreg.report.columns import Column, ShownAlignment, shown_alignments
from vpreg.report.kept_size import kept_in_mask, kept_of_tumor, lesions
from vpreg.report.numerals import look_up, number, percent

# Below this a change of size cannot be told from the error of measuring it (methods §2.9).
_UNCHANGED = 0.03
_RELATIVE = "Sizes are relative to the organ around it, as the alignment scales it."
CAUTION = (
    "These figures say what the alignment did to the moving scan, not how the tumor changed "
    "between the scans."
)


@dataclass(frozen=True)
class Subject:
    """What the sentence is about, in the words that it needs."""

    name: str
    possessive: str
    pronoun: str


_TUMOR = Subject("the tumor", "its", "it")
_TUMORS = Subject("the tumors", "their", "them")


@dataclass(frozen=True)
class Verdict:
    """The sentence, what stands below it, and the size that each alignment leaves."""

    sentence: str
    details: list[str]
    kept: dict[Column, float]


def give_verdict(result: Result) -> Verdict:
    """Word the effect of each alignment on the tumor, or on the soft mask without one."""
    shown = shown_alignments(result)
    of_tumor = {
        one.column: kept
        for one in shown
        if (kept := kept_of_tumor(result.figures.get(one.figures_key))) is not None
    }
    if of_tumor:
        many = max(len(lesions(result.figures.get(one.figures_key))) for one in shown) > 1
        sentence = _sentence(of_tumor, _TUMORS if many else _TUMOR, compared=len(shown))
        return Verdict(sentence, [_RELATIVE, CAUTION], of_tumor)
    return _without_tumor(result, shown)


def word_for(kept: float) -> str:
    """Return one word for what became of a size."""
    if kept <= 0:
        return "erased"
    if abs(kept - 1) <= _UNCHANGED:
        return "kept"
    return "shrunk" if kept < 1 else "swollen"


def _without_tumor(result: Result, shown: list[ShownAlignment]) -> Verdict:
    mask = result.soft_mask_fixed
    if mask is None or float(mask.voxels.sum()) <= 0:
        sentence = "No tumor was outlined, and no region was found whose size is at stake."
        return Verdict(sentence, [CAUTION], {})
    in_mask = {
        one.column: kept
        for one in shown
        if (kept := kept_in_mask(mask.voxels, result.organ_fixed.voxels, one)) is not None
    }
    ml = number(look_up(result.figures, "mask", "volume_ml"))
    size = "" if ml is None else f" ({ml:.1f} ml)"
    what = Subject(f"the region that was found to differ{size}", "its", "it")
    sentence = _sentence(in_mask, what, compared=len(shown))
    outlined = "No tumor was outlined: the region is the soft mask that the alignment found itself."
    return Verdict(sentence, [outlined, _RELATIVE, CAUTION], in_mask)


def _sentence(kept: dict[Column, float], what: Subject, *, compared: int) -> str:
    similarity = kept.get(Column.SIMILARITY_ONLY)
    preserving = kept.get(Column.VOLUME_PRESERVING)
    if similarity is not None and preserving is not None:
        both = word_for(similarity) == word_for(preserving) == "kept"
        joint = ", and" if both else ";"
        first = f"Similarity-only alignment would have {_done_to(what, similarity)}"
        return f"{first}{joint} volume-preserving alignment {_done_after(what, preserving)}."
    if preserving is not None:
        return f"Volume-preserving alignment has {_done_to(what, preserving)}."
    if similarity is not None:
        more = "" if compared > 1 else " No volume-preserving alignment was made."
        return f"Similarity-only alignment has {_done_to(what, similarity)}.{more}"
    return "The effect of the alignment on the tumor could not be measured."


def _done_to(what: Subject, kept: float) -> str:
    word = word_for(kept)
    if word == "erased":
        return f"erased {what.name}"
    link = "at" if word == "kept" else "to"
    return f"{word} {what.name} {link} {percent(kept)} of {what.possessive} size"


def _done_after(what: Subject, kept: float) -> str:
    word = word_for(kept)
    if word == "erased":
        return f"erased {what.pronoun}"
    return f"{'kept' if word == 'kept' else 'left'} {what.pronoun} at {percent(kept)}"
