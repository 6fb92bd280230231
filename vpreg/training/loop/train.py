"""Train the networks of a config, or go on where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vpreg.files.whole_file import clear_parts
from vpreg.training.data.open_pairs import open_pairs
from vpreg.training.loop.events import Event, Exported, Listener, Looked, Said
from vpreg.training.loop.export import export_stage
from vpreg.training.loop.keeper import Keeper, clear, open_state
from vpreg.training.loop.log import Log
from vpreg.training.loop.machine import INSTALL, start_fabric
from vpreg.training.loop.one_training import only_training_of_all
from vpreg.training.loop.run import Run, Stopped
from vpreg.training.loop.stages import Stage, plan_stages
from vpreg.training.loop.state import State
from vpreg.training.loop.train_stage import train_stage
from vpreg.training.settings import TrainingSettings
from vpreg.training.training_pair import PairSource

if TYPE_CHECKING:
    from lightning_fabric import Fabric

Progress = Callable[[float], None]
OpenSource = Callable[[TrainingSettings, "Fabric", Progress], PairSource]


def train(
    settings: TrainingSettings,
    folder: Path,
    *,
    listener: Listener,
    stop_wanted: Callable[[], bool],
    replace: bool = False,
    open_source: OpenSource | None = None,
) -> list[Path]:
    """Train all stages and return the weights of their models, first to last.

    Of several processes the first one tells what happens, and returns anything.

    The folder keeps the state; the same call goes on from it. Raises Stopped when asked to stop,
    and ValueError with a sentence where the user can mend something, or where another training
    works in the folder; the state is kept either way.
    """
    fabric = start_fabric(settings.machine)
    with only_training_of_all(fabric, folder):
        state = _open_folder(fabric, folder, settings, replace=replace)

        def looked(share: float) -> None:
            if fabric.is_global_zero:
                listener(Looked(share))
            if stop_wanted():
                raise Stopped(state.step)

        # The first process fills the cache for the others.
        with fabric.rank_zero_first():
            source = (open_source or open_settings_pairs)(settings, fabric, looked)
        log = _open_log(fabric, folder, state)
        run = Run(settings, fabric, source, Keeper(folder), state, log, listener, stop_wanted)
        return _train_and_close(run)


def _train_and_close(run: Run) -> list[Path]:
    try:
        models = _train_stages(run)
        return models if run.fabric.is_global_zero else []
    finally:
        if run.log is not None:
            run.log.close()


def open_settings_pairs(
    settings: TrainingSettings, fabric: Fabric, progress: Progress
) -> PairSource:
    """Open the pairs of a config for this process."""
    return open_pairs(
        settings.data,
        device=fabric.device,
        rank=fabric.global_rank,
        ranks=fabric.world_size,
        progress=progress,
    )


def _open_folder(
    fabric: Fabric, folder: Path, settings: TrainingSettings, *, replace: bool
) -> State:
    """Let the first process tidy up before all read the state."""
    if fabric.is_global_zero:
        with Keeper(folder).writing():
            # Of a training that was killed: no other one works here now.
            clear_parts(folder, older_than_s=0.0)
            if replace:
                clear(folder, settings)
    fabric.barrier()
    return open_state(folder, settings)


def _open_log(fabric: Fabric, folder: Path, state: State) -> Log | None:
    if not fabric.is_global_zero:
        return None
    with Keeper(folder).writing():
        return Log(folder, kept_bytes=state.log_bytes, step=state.step)


def _train_stages(run: Run) -> list[Path]:
    if run.log is not None and not run.log.has_curves:
        run.listener(_no_curves())
    stages = plan_stages(run.settings.stages, name=run.settings.name)
    return [_one(run, stage, index) for index, stage in enumerate(stages)]


def _one(run: Run, stage: Stage, index: int) -> Path:
    """Train a stage unless it is over, and write its model."""
    state = run.state
    path = run.keeper.folder / f"{stage.model}.safetensors"
    if state.stage > index:
        return path
    trained = state.stage == index and state.network is not None and state.step >= stage.end
    if not trained:
        train_stage(run, stage, index)
    if run.fabric.is_global_zero:
        export_stage(run, stage)
        run.tell(Exported(stage, state.step, path))
    run.fabric.barrier()
    return path


def _no_curves() -> Event:
    return Said(f"For curves install TensorBoard: {INSTALL}. The log is written either way.")
