"""Train the network of one stage, from wherever it was."""

from __future__ import annotations

from vpreg.networks.voxelmorph import parameter_count
from vpreg.training.data.prefetched import Prefetched
from vpreg.training.loop.begin_stage import begin_stage
from vpreg.training.loop.events import StageBegan
from vpreg.training.loop.run import Run
from vpreg.training.loop.stages import Stage


def train_stage(run: Run, stage: Stage, index: int) -> None:
    """Make the steps of a stage that are still to make; the state then holds its networks.

    Stopped, when asked for, and ValueError where the loss is not finite again and again.
    """
    work = begin_stage(run, stage, index)
    run.tell(StageBegan(stage, run.state.step, parameter_count(work.network)))
    with Prefetched(run.source, ahead=run.settings.machine.ahead) as pairs:
        while run.state.step < stage.end:
            work.make_step(pairs)
            work.look_after(pairs)
