"""What a stage asks of its network at a step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from torch import nn

from vpreg.networks.network import FieldNetwork
from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.draws import Stream, seed_of
from vpreg.training.loop.learner import LossOf
from vpreg.training.loop.stages import Stage, StageKind
from vpreg.training.loss.guide import Guide
from vpreg.training.loss.level_schedule import LevelSchedule, level_schedule
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.network_loss import Losses, network_loss
from vpreg.training.settings import TrainingSettings
from vpreg.training.training_pair import TrainingPair


@dataclass(frozen=True)
class Lessons:
    """The losses of a stage, by step."""

    stage: Stage
    settings: LossSettings
    schedule: LevelSchedule
    guide: Guide | None
    seed: int

    def begin(self, network: nn.Module, step: int) -> int | None:
        """Let the parameters learn that a step trains, and return the level it trains."""
        return self.schedule.apply(network, step - self.stage.first_step).level

    def loss(self, pair: TrainingPair, *, step: int, level: int | None) -> LossOf:
        """Return the loss on a pair that lies on the network's device."""
        # Outside the pass of the network: the mask is found in single precision.
        guidance = None if self.guide is None else self.guide(pair)
        share = self._share(step)

        def loss_of(network: FieldNetwork) -> Losses:
            return network_loss(
                network, pair, self.settings, guidance=guidance, volume_share=share, level=level
            )

        return loss_of

    def _share(self, step: int) -> float | None:
        """Draw the volume weight that a conditional network is told."""
        if not self.settings.conditional:
            return None
        return Randomness(seed_of(self.seed, Stream.PAIR, f"volume {step}"), "cpu").uniform(0, 1)


def make_lessons(
    settings: TrainingSettings, stage: Stage, network: FieldNetwork, guide: Guide | None
) -> Lessons:
    """Return what a network learns in a stage; before the volume stage volume counts nothing."""
    loss = settings.loss
    if stage.kind is StageKind.SIMILARITY:
        loss = replace(loss, volume_weight=0.0, conditional=False)
    schedule = LevelSchedule((stage.steps,))
    if settings.levels.one_by_one:
        freeze = settings.levels.freeze_steps
        schedule = level_schedule(network, stage.steps, freeze_steps=freeze)
    return Lessons(stage, loss, schedule, guide, settings.seed)
