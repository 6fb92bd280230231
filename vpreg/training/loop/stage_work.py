"""A stage at work: learn, look how well it does, keep it."""

from __future__ import annotations

import time

from vpreg.networks.network import FieldNetwork
from vpreg.training.data.prefetched import Prefetched
from vpreg.training.loop.events import Saved, StepDone, Validated
from vpreg.training.loop.learner import Learner, Outcome
from vpreg.training.loop.lessons import Lessons
from vpreg.training.loop.run import Run, Stopped
from vpreg.training.loop.stages import Stage
from vpreg.training.loop.state import Best, copy_weights
from vpreg.training.loop.validate import validate
from vpreg.training.training_pair import TrainingPair

MOST_SKIPPED = 10


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
        made = self._fetch(pairs, range(step * batch, (step + 1) * batch))
        losses = (self.lessons.loss(pair.to(device), step=step, level=level) for pair in made)
        outcome = self.learner.learn(losses, batch, step=step)
        state.step += 1
        seconds = time.monotonic() - begin
        state.seconds += seconds
        state.stage_seconds += seconds
        self._count(outcome, seconds)

    def _fetch(self, pairs: Prefetched, numbers: range) -> list[TrainingPair]:
        """Return the pairs of a step; where a scan has become unreadable, keep the state first."""
        try:
            return [pairs.pair(number) for number in numbers]
        except ValueError:
            if self.run.fabric.world_size == 1:
                self.save()
            raise

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
