"""Keep the state of a training, and find it again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vpreg.networks.store import CARD, WEIGHTS
from vpreg.training.config.plain import by_full_name, changed_names
from vpreg.training.loop.log import CURVES, LOG
from vpreg.training.loop.stages import plan_stages
from vpreg.training.loop.state import STATE, State, load_state, save_state
from vpreg.training.settings import TrainingSettings

NAMED_CHANGES = 3


@dataclass(frozen=True)
class Keeper:
    """The folder of a training."""

    folder: Path

    def save(self, state: State) -> None:
        """Keep the state in place of the one before; ValueError where it cannot be written."""
        with self.writing():
            save_state(state, self.folder)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Say in a sentence what to do where the disk is full or cannot be written."""
        try:
            yield
        except OSError as error:
            msg = (
                f"Make room where {self.folder} lies, then give the same command again: it could "
                f"not be written ({error.strerror or error}). What was kept before is whole."
            )
            raise ValueError(msg) from error


def open_state(folder: Path, settings: TrainingSettings) -> State:
    """Return the state to go on from, a new one where there is none.

    ValueError where another training lies in the folder; it names what differs.
    """
    flat = by_full_name(settings)
    kept = load_state(folder)
    if kept is None:
        _refuse_models(folder, settings)
        return State(settings=flat)
    changed = changed_names(kept.settings, flat)
    unknown = [name for name in changed if name.partition(".")[0] != "network"]
    unknown = [name for name in unknown if (name in kept.settings) != (name in flat)]
    if unknown:
        msg = (
            f"Go on in {folder} with the version of vpreg that began there, choose another folder, "
            f"or start anew by --force: the two do not both know {unknown[0]}."
        )
        raise ValueError(msg)
    if changed:
        msg = (
            f"Put {_changes(changed, kept.settings, flat)} back to go on with the training in "
            f"{folder}, choose another folder, or start anew by --force."
        )
        raise ValueError(msg)
    return kept


def clear(folder: Path, settings: TrainingSettings) -> None:
    """Remove what an earlier training left in a folder, and nothing else."""
    for name in [STATE, LOG, *(name for model in _models(settings) for name in model)]:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / CURVES, ignore_errors=True)


def _models(settings: TrainingSettings) -> list[tuple[str, str]]:
    stages = plan_stages(settings.stages, name=settings.name)
    return [(f"{stage.model}{WEIGHTS}", f"{stage.model}{CARD}") for stage in stages]


def _refuse_models(folder: Path, settings: TrainingSettings) -> None:
    for weights, _ in _models(settings):
        if (folder / weights).exists():
            msg = (
                f"Choose another folder, or replace the model by --force: {folder / weights} is "
                "there, but not the state of its training."
            )
            raise ValueError(msg)


def _changes(names: list[str], old: dict[str, str], new: dict[str, str]) -> str:
    told = [
        f"{name} = {old.get(name, 'nothing')} (now {new.get(name, 'nothing')})"
        for name in names[:NAMED_CHANGES]
    ]
    more = len(names) - NAMED_CHANGES
    return " and ".join(told) + (f" and {more} more" if more > 0 else "")
