"""Train the network of one stage, from wherever it was."""

from __future__ import annotations

import time

import torch

from vpreg.networks.network import FieldNetwork
from vpreg.networks.voxelmorph import parameter_count
from vpreg.training.config.check_fit import build
from vpreg.training.data.draws import Stream, seed_of
from vpreg.training.data.prefetched import Prefetched
from vpreg.training.loop.events import Said, Saved, StageBegan, StepDone, Validated
from vpreg.training.loop.first_network import check_guide, make_guide
from vpreg.training.loop.learner import Learner, Outcome
from vpreg.training.loop.lessons import Lessons, make_lessons
from vpreg.training.loop.run import Run, Stopped
from vpreg.training.loop.stages import Stage, StageKind
from vpreg.training.loop.state import Best, copy_weights
from vpreg.training.loop.validate import validate
from vpreg.training.settings import TrainingSettings

MOST_SKIPPED = 10


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


class StageWork:
    """A network of a stage, its learner and its lessons."""

    def __init__(self, run: Run, stage: Stage, network: FieldNetwork, lessons: Lessons) -> None:
        self.run = run
        self.stage = stage
        self.network = network
        self.lessons = lessons
        self.learner = Learner(network, run.settings, run.fabric)

    def make_step(self, pairs: Prefetched) -> None:
        """Learn from the pairs of the next step."""
        state, batch, begin = self.run.state, self.run.settings.optimizer.batch, time.monotonic()
        step, device = state.step, self.run.fabric.device
        level = self.lessons.begin(self.network, step)
        made = (pairs.pair(step * batch + turn).to(device) for turn in range(batch))
        losses = (self.lessons.loss(pair, step=step, level=level) for pair in made)
        outcome = self.learner.learn(losses, batch, step=step)
        state.step += 1
        seconds = time.monotonic() - begin
        state.seconds += seconds
        state.stage_seconds += seconds
        self._count(outcome, seconds)

    def _count(self, outcome: Outcome, seconds: float) -> None:
        state = self.run.state
        state.skipped += outcome.skipped
        state.skipped_in_a_row = state.skipped_in_a_row + 1 if outcome.skipped else 0
        done = StepDone(
            self.stage, state.step, outcome.loss, outcome.parts, seconds, outcome.skipped
        )
        self.run.tell(done)
        if state.skipped_in_a_row >= MOST_SKIPPED:
            msg = (
                f"Write a smaller learning_rate in [optimizer], or look at the scans: the loss was "
                f"not finite in {MOST_SKIPPED} steps in a row, up to step {state.step}. The state "
                "of the last checkpoint is kept."
            )
            raise ValueError(msg)

    def look_after(self, pairs: Prefetched) -> None:
        """Validate, save and stop, when it is time to."""
        state, settings = self.run.state, self.run.settings
        in_stage, is_last = state.step - self.stage.first_step, state.step == self.stage.end
        if is_last or in_stage % settings.validation.every == 0:
            self._validate(pairs)
        stopping = self.run.must_stop()
        if is_last or stopping or in_stage % settings.checkpoints.every == 0:
            self.save()
        if stopping and not is_last:
            raise Stopped(state.step)

    def _validate(self, pairs: Prefetched) -> None:
        """Let the first process measure while the others wait."""
        if self.run.fabric.is_global_zero:
            found = validate(
                self.network,
                pairs.validation_pairs(),
                self.lessons,
                home=pairs.home,
                device=self.run.fabric.device,
            )
            if found is not None:
                self._note(found.score, found.figures)
        self.run.fabric.barrier()

    def _note(self, score: float, figures: dict[str, float]) -> None:
        state = self.run.state
        is_best = state.best is None or score < state.best.score
        if is_best:
            state.best = Best(score, state.step, figures, copy_weights(self.network))
        kind = self.stage.kind.value
        state.history.append({"stage": kind, "step": state.step, "score": score, **figures})
        self.run.tell(Validated(self.stage, state.step, score, figures, is_best))

    def save(self) -> None:
        """Keep the state; the first process writes, the others wait."""
        state = self.run.state
        if self.run.fabric.is_global_zero:
            state.network = copy_weights(self.network)
            state.optimizer = self.learner.optimizer.state_dict()
            state.log_bytes = 0 if self.run.log is None else self.run.log.bytes_written
            self.run.keeper.save(state)
            self.run.tell(Saved(self.stage, state.step))
        self.run.fabric.barrier()


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
