"""Pairs of people that no network has seen, with lesions in the moving scan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch

from networks.config import Plan, lesions_table
from networks.home import Shape
from networks.subjects import AXES
from vpreg.networks.home_grid import HomeGrid
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.data_settings import Alignment, DataSettings, DataSource
from vpreg.training.data.open_pairs import open_pairs
from vpreg.training.data.paste_lesions import paste_lesions
from vpreg.training.data.side import Side
from vpreg.training.training_pair import TrainingPair

DRAWS = 6
"""Draws of lesions for each of the two ordered pairs."""


@dataclass(frozen=True)
class HeldOutCase:
    """A pair on its home grid, aligned; the moving scan has lesions, the fixed scan none."""

    name: str
    pair: TrainingPair
    home: HomeGrid


def held_out_cases(plan: Plan, *, draws: int = DRAWS) -> Iterator[HeldOutCase]:
    """Yield the same cases in every run, whatever was trained."""
    settings = DataSettings(
        source=DataSource.SCANS,
        scans=str(plan.scans),
        cache=str(plan.cache),
        home_shape=plan.shape,
        home_spacing_mm=(plan.spacing_mm,) * 3,
        home_axes=AXES,
        preset="brain-mr",
        alignment=Alignment.PAIR,
        validation_pairs=2,
    )
    for number, pair in enumerate(open_pairs(settings).validation_pairs()):
        for draw in range(draws):
            sick = with_lesions(pair, plan.shape, plan.spacing_mm, seed=1000 * number + draw)
            name = f"{pair.names[0]}-from-{pair.names[1]}-lesions-{draw}"
            yield HeldOutCase(name, sick, settings.home)


def with_lesions(pair: TrainingPair, shape: Shape, spacing_mm: float, *, seed: int) -> TrainingPair:
    """Let lesions grow in the moving scan of a pair."""
    table = lesions_table(shape, spacing_mm)
    ranges = {name: tuple(value) for name, value in table.items() if isinstance(value, list)}
    healthy = Side(
        image=pair.moving[0, 0],
        organ=_only(pair.moving_organ),
        labels=None if pair.moving_labels is None else pair.moving_labels[0, 0],
    )
    sick = paste_lesions(
        healthy,
        Randomness(seed),
        PairSettings(**{**table, **ranges}),
        first_label=1,
    )
    return replace(
        pair,
        moving=sick.image[None, None],
        moving_organ=sick.organ[None, None],
        moving_labels=None if sick.labels is None else sick.labels[None, None],
        moving_tumor=None if sick.tumor is None else sick.tumor[None, None],
    )


def _only(organ: torch.Tensor | None) -> torch.Tensor:
    if organ is None:
        msg = "Give scans with organ masks: lesions grow in organs."
        raise ValueError(msg)
    return organ[0, 0]
