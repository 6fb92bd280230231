"""Write a result folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vpreg.metrics.json_figures import to_json
from vpreg.progress import Progress, Silent, Stage
from vpreg.recipes.result import Result
from vpreg.results.contents import COMPARISON, MEANINGS, meaning_of, pieces
from vpreg.results.result_json import list_files, write_result_json
from vpreg.results.whole_folder import nothing_more, whole_folder

UNITS = {"affine_fixed_to_moving_lps": "millimetres", "seconds_by_stage": "seconds"}


def no_addition(folder: Path) -> None:
    """Add nothing to a result folder."""


def write_result(
    result: Result,
    folder: Path,
    *,
    replace: bool,
    add: Callable[[Path], None] = no_addition,
    progress: Progress | None = None,
    before_it_appears: Callable[[], None] = nothing_more,
) -> None:
    """Write the result folder, whole or not at all.

    `add` may put more files into the unfinished folder, for example the report. Whatever
    `progress`, `add` or `before_it_appears` (the last call before the folder has its name) raises
    leaves nothing behind. ValueError with a plain sentence where `folder` exists, unless `replace`.
    """
    watcher = progress or Silent()
    with whole_folder(folder, replace=replace, before_it_appears=before_it_appears) as unfinished:
        write_pieces(result, unfinished, progress=watcher)
        add(unfinished)
        write_result_json(content_of(result, unfinished), unfinished)
        watcher.report(Stage.WRITING, 1.0)


def write_pieces(result: Result, folder: Path, *, progress: Progress) -> None:
    """Write all files but `result.json`."""
    todo = pieces(result)
    if result.similarity_only is not None:
        (folder / COMPARISON).mkdir()
    for done, piece in enumerate(todo):
        progress.report(Stage.WRITING, done / (len(todo) + 2))
        piece.write(folder / piece.name)
    progress.report(Stage.WRITING, len(todo) / (len(todo) + 2))


def content_of(result: Result, folder: Path) -> dict[str, object]:
    """Return what `result.json` says, in values that JSON has; NaN becomes null."""
    files = list_files(folder, {name: meaning_of(name) for name in known_names()})
    return {
        "figures": to_json(result.figures),
        "provenance": to_json(result.provenance),
        "affine_fixed_to_moving_lps": to_json(result.affine_lps.tolist()),
        "units": UNITS,
        "files": files,
    }


def known_names() -> list[str]:
    """Name all files that a result folder may hold."""
    return [*MEANINGS, *(f"{COMPARISON}/{name}" for name in MEANINGS)]
