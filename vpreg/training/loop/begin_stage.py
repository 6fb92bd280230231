"""Begin the network of a stage, or take it up where it was."""

from __future__ import annotations

import torch

from vpreg.networks.network import FieldNetwork
from vpreg.training.config.check_fit import build
from vpreg.training.data.draws import Stream, seed_of
from vpreg.training.loop.events import Said
from vpreg.training.loop.first_network import check_guide, make_guide
from vpreg.training.loop.lessons import make_lessons
from vpreg.training.loop.run import Run
from vpreg.training.loop.stage_work import StageWork
from vpreg.training.loop.stages import Stage, StageKind
from vpreg.training.settings import TrainingSettings


def begin_stage(run: Run, stage: Stage, index: int) -> StageWork:
    """Return the work of a stage as the state has it, or its very beginning."""
    state, device = run.state, run.fabric.device
    fresh = state.stage != index or state.network is None
    if fresh:
        state.stage, state.network, state.optimizer, state.best = index, None, None, None
        state.stage_seconds, state.guide_sha256 = 0.0, None
    guide, guide_sha256 = make_guide(run.settings, stage, run.keeper.folder, device=device)
    check_guide(guide_sha256, state.guide_sha256)
    state.guide_sha256 = guide_sha256
    network = new_network(run.settings, stage)
    if state.network is not None:
        network.load_state_dict(state.network)
    work = StageWork(run, stage, network, make_lessons(run.settings, stage, network, guide))
    if state.optimizer is not None:
        work.learner.optimizer.load_state_dict(state.optimizer)
    if not fresh:
        run.tell(Said(f"Going on after step {state.step}."))
    return work


def new_network(settings: TrainingSettings, stage: Stage) -> FieldNetwork:
    """Return the network of a stage as its training begins, the same in every run."""
    torch.manual_seed(seed_of(settings.seed, Stream.PAIR, f"weights {stage.kind.value}"))
    return build(settings, mask_channel=stage.kind is StageKind.VOLUME)
