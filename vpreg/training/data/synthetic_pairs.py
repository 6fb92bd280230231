"""Pairs of the generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from vpreg.networks.home_grid import HomeGrid
from vpreg.synthetic.pair import SyntheticPair
from vpreg.synthetic.pairs import make_training_pair
from vpreg.synthetic.shape_map import LABELS
from vpreg.training.data.data_settings import DataSettings
from vpreg.training.data.draws import Stream, seed_of
from vpreg.training.data.lazy_pairs import LazyPairs
from vpreg.training.data.shared_labels import seen_in_both
from vpreg.training.training_pair import TrainingPair


@dataclass
class SyntheticPairs:
    """A source of pairs without patients; no seed for training is one for validation.

    The labels are the tissues of the generator.
    """

    settings: DataSettings
    home: HomeGrid
    device: torch.device
    rank: int = 0
    ranks: int = 1
    labels: tuple[int, ...] = tuple(range(1, LABELS + 1))

    def pair(self, step: int) -> TrainingPair:
        """Return the pair of a step."""
        return self._made(Stream.GENERATOR, step * self.ranks + self.rank)

    def validation_pairs(self) -> Sequence[TrainingPair]:
        """Return pairs that no step of the training has; each is made when it is asked for."""
        count = self.settings.validation_pairs
        return LazyPairs(count, lambda number: self._made(Stream.VALIDATION, number))

    @torch.no_grad()
    def _made(self, stream: Stream, number: int) -> TrainingPair:
        seed = seed_of(self.settings.seed, stream, number)
        made = make_training_pair(self.settings.generator, seed=seed, device=self.device)
        return _training_pair(made, f"{stream.value} {number}", self.home.grey_value_of_one)


def open_synthetic(
    settings: DataSettings, *, device: torch.device | str = "cpu", rank: int = 0, ranks: int = 1
) -> SyntheticPairs:
    """Open the generator at the home grid; pairs are made on the device."""
    return SyntheticPairs(settings, settings.home, torch.device(device), rank, ranks)


def _training_pair(made: SyntheticPair, name: str, grey: float) -> TrainingPair:
    fixed_labels, moving_labels = seen_in_both(made)
    fixed_acquired, moving_acquired = made.fixed_acquired, made.moving_acquired
    return TrainingPair(
        names=(f"{name} fixed", f"{name} moving"),
        fixed=batched(made.fixed.voxels) * grey,
        moving=batched(made.moving.voxels) * grey,
        fixed_labels=fixed_labels[None, None],
        moving_labels=moving_labels[None, None],
        fixed_organ=batched(made.fixed_organ.voxels),
        moving_organ=batched(made.moving_organ.voxels),
        fixed_acquired=None if fixed_acquired is None else batched(fixed_acquired.voxels),
        moving_acquired=None if moving_acquired is None else batched(moving_acquired.voxels),
        fixed_tumor=made.fixed_tumor.voxels[None, None],
        moving_tumor=made.moving_tumor.voxels[None, None],
    )


def batched(voxels: torch.Tensor) -> torch.Tensor:
    """Return an image or a mask as float32 (1, 1, K, J, I)."""
    return voxels.to(torch.float32)[None, None]
