"""Register the pairs of a study, and use again what was registered before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vpreg.lesions.pair import Pair, inputs_of, key_of
from vpreg.lesions.study_progress import StudyProgress
from vpreg.lesions.visit import Visit
from vpreg.progress import Progress
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.register import register
from vpreg.recipes.result import Result
from vpreg.recipes.settings import Settings
from vpreg.report.page import write_report
from vpreg.results.result_json import damaged_files
from vpreg.results.unfinished import clear_stale, remove_folder
from vpreg.results.writing import write_result

REPORT_FILE = "report.html"
Registers = Callable[[Inputs, Settings, Progress], Result]


@dataclass(frozen=True)
class Registered:
    """A pair and the folder with its result; `was_there` if nothing had to be computed."""

    pair: Pair
    folder: Path
    was_there: bool


def register_in_process(inputs: Inputs, settings: Settings, progress: Progress) -> Result:
    """Register with the recipe of vpreg."""
    return register(inputs, settings=settings, progress=progress)


def register_pairs(
    visits: Sequence[Visit],
    pairs: Sequence[Pair],
    work: Path,
    *,
    settings: Settings,
    progress: StudyProgress,
    registers: Registers = register_in_process,
) -> tuple[Registered, ...]:
    """Return a result folder in `work` for each pair.

    Each is named after the hash of what went in and appears whole or not at all, so that a study
    that was stopped goes on where it was. Folders that no pair asks for are removed at the end.
    """
    work.mkdir(parents=True, exist_ok=True)
    done = []
    for index, pair in enumerate(pairs):
        inputs = inputs_of(visits[pair.fixed], visits[pair.moving])
        folder = work / key_of(inputs, settings)
        was_there = is_whole(folder)
        if not was_there:
            words = f"Registration {index + 1} of {len(pairs)}"
            _write(inputs, folder, settings, progress.of_pair(index, words), registers)
        progress.say("Registering", pairs_done=index + 1)
        done.append(Registered(pair, folder, was_there))
    _remove_others(work, {one.folder for one in done})
    return tuple(done)


def is_whole(folder: Path) -> bool:
    """Tell whether a result folder is there and as it was written."""
    clear_stale(folder)
    if not folder.is_dir():
        return False
    try:
        damaged = damaged_files(folder)
    except ValueError:
        damaged = [folder.name]
    if damaged:
        remove_folder(folder)
    return not damaged


def _write(
    inputs: Inputs, folder: Path, settings: Settings, progress: Progress, registers: Registers
) -> None:
    result = registers(inputs, settings, progress)
    write_result(
        result,
        folder,
        replace=False,
        add=lambda unfinished: write_report(result, unfinished / REPORT_FILE),
        progress=progress,
    )


def _remove_others(work: Path, wanted: set[Path]) -> None:
    for folder in work.iterdir():
        if folder.is_dir() and folder not in wanted and len(folder.name) == 16:
            remove_folder(folder)
