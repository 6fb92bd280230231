"""One network for every volume share: the more volume counts, the more of a lesion is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from Testing.engine.training.loss_cases import ball, texture
from Testing.engine.training.training_cases import SHAPE, Blobs, run_training, tiny_settings
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.store import Model, load_model
from vpreg.solvers.network import NetworkSolver
from vpreg.training.loss.guide import Guide
from vpreg.training.loss.pair_figures import pair_figures
from vpreg.training.settings import (
    CheckpointSettings,
    OptimizerSettings,
    TrainingSettings,
    ValidationSettings,
)
from vpreg.training.training_pair import TrainingPair

LARGE, SMALL = 4.5, 2.5
"""Radii in voxels: whoever makes the scans alike squeezes the lesion to a sixth."""
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


class Lesions(Blobs):
    """Each pair has a lesion at another place, large in the moving scan and small in the fixed."""

    def pair(self, step: int) -> TrainingPair:
        return lesion_pair(step)

    def validation_pairs(self) -> Sequence[TrainingPair]:
        return [lesion_pair(10**6)]


def lesion_pair(seed: int) -> TrainingPair:
    draw = torch.rand(3, generator=torch.Generator().manual_seed(seed))
    centre = [n * (0.35 + 0.3 * float(d)) for n, d in zip(SHAPE, draw, strict=True)]
    tissue = texture(SHAPE, seed=seed).float()
    large, small = (ball(SHAPE, radius, centre) for radius in (LARGE, SMALL))
    fixed, moving = (0.4 * tissue + 0.6 * gaussian_smooth(one, 0.6) for one in (small, large))
    organ = torch.ones((1, 1, *SHAPE))
    return TrainingPair(
        (f"f{seed}", f"m{seed}"),
        fixed[None, None],
        moving[None, None],
        fixed_organ=organ,
        moving_organ=organ,
        moving_tumor=large[None, None],
    )


def conditional_settings(folder: Path) -> TrainingSettings:
    loss = "conditional = true\nvolume_weight = 0.02\nsmoothness_weight = 0.02"
    return replace(
        tiny_settings(folder, stages="similarity = 50\nvolume = 100", loss=loss),
        optimizer=OptimizerSettings(learning_rate=5e-3),
        validation=ValidationSettings(every=1000),
        checkpoints=CheckpointSettings(every=1000),
    )


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> list[Model]:
    folder = tmp_path_factory.mktemp("conditional")
    settings = conditional_settings(folder)
    made = run_training(settings, folder / "out", source=Lesions(settings.data.home)).models
    return [load_model(str(path)) for path in made]


@pytest.mark.parametrize("seed", [2 * 10**6, 2 * 10**6 + 1])
def test_the_more_volume_counts_the_less_an_unseen_lesion_is_squeezed(
    models: list[Model], seed: int
) -> None:
    first, second = (model.network for model in models)
    home = HomeGrid(SHAPE, (4.0, 4.0, 4.0), "LPS")
    pair = lesion_pair(seed)
    guidance = Guide(first, home)(pair)

    squeezed = [
        pair_figures(second, pair, home=home, guidance=guidance, volume_share=share).stsr_soft
        for share in SHARES
    ]

    assert squeezed == sorted(squeezed, reverse=True)
    assert squeezed[0] > 5
    assert squeezed[-1] < 2.5


def test_only_the_second_network_may_be_told_a_share(models: list[Model]) -> None:
    first, second = models

    assert NetworkSolver(second, volume_share=0.5).volume_share == 0.5
    with pytest.raises(ValueError, match="Choose a conditional model"):
        NetworkSolver(first, volume_share=0.5)
