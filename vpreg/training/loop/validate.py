"""Measure a network on pairs that it never learns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import torch

from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.network import FieldNetwork
from vpreg.training.loop.lessons import Lessons
from vpreg.training.loss.network_loss import network_loss
from vpreg.training.loss.pair_figures import mean_figures, pair_figures
from vpreg.training.training_pair import TrainingPair


@dataclass(frozen=True)
class Validation:
    """Means over the validation pairs."""

    score: float
    """The loss, by which networks of a stage are compared: the smaller the better."""
    figures: dict[str, float]


@torch.no_grad()
def validate(
    network: FieldNetwork,
    pairs: Sequence[TrainingPair],
    lessons: Lessons,
    *,
    home: HomeGrid,
    device: torch.device,
) -> Validation | None:
    """Return how well the whole network does; None without validation pairs.

    A conditional network is asked for its full volume weight.
    """
    network.eval()
    losses, figures = [], []
    settings = lessons.settings
    share = 1.0 if settings.conditional else None
    for made in pairs:
        pair = made.to(device)
        guidance = None if lessons.guide is None else lessons.guide(pair)
        total = network_loss(network, pair, settings, guidance=guidance, volume_share=share).total
        losses.append(float(total))
        figures.append(pair_figures(network, pair, home=home, guidance=guidance))
    if not losses:
        return None
    return Validation(sum(losses) / len(losses), asdict(mean_figures(figures)))
