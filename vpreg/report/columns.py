"""What is shown side by side: the fixed scan, and the moving one in each alignment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vpreg.recipes.result import Alignment, Result
from vpreg.report.scan_names import ScanNames


class Column(Enum):
    """A picture of the pair; the value is its name in the page's data."""

    FIXED = "fixed"
    AFFINE = "affine"
    SIMILARITY_ONLY = "similarity_only"
    VOLUME_PRESERVING = "volume_preserving"


TITLES = {
    Column.SIMILARITY_ONLY: "Similarity-only",
    Column.VOLUME_PRESERVING: "Volume-preserving",
}
SUBTITLES = {
    Column.FIXED: "fixed: stays as it is",
    Column.AFFINE: "before: moved as a whole only",
    Column.SIMILARITY_ONLY: "made to look alike",
    Column.VOLUME_PRESERVING: "made to look alike, tumor size kept",
}


@dataclass(frozen=True)
class ShownAlignment:
    """An alignment, what it is, and the key of its figures in `Result.figures`."""

    column: Column
    alignment: Alignment
    figures_key: str

    @property
    def title(self) -> str:
        """What a reader calls it."""
        return TITLES[self.column]


def column_title(column: Column, names: ScanNames) -> str:
    """Return the heading of a picture."""
    if column is Column.FIXED:
        return _capitalised(names.fixed)
    if column is Column.AFFINE:
        return f"{_capitalised(names.moving)}, rough alignment"
    return TITLES[column]


def _capitalised(words: str) -> str:
    return words[0].upper() + words[1:]


def shown_alignments(result: Result) -> list[ShownAlignment]:
    """Return the similarity-only alignment, then the volume-preserving one, as far as they are."""
    if result.similarity_only is not None:
        return [
            ShownAlignment(Column.SIMILARITY_ONLY, result.similarity_only, "similarity_only"),
            ShownAlignment(Column.VOLUME_PRESERVING, result.final, "final"),
        ]
    keeps_volume = "volume" in result.provenance.recipe.lower()
    column = Column.VOLUME_PRESERVING if keeps_volume else Column.SIMILARITY_ONLY
    return [ShownAlignment(column, result.final, "final")]
