"""Ordered pairs of scans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from vpreg.networks.home_grid import HomeGrid
from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.alignments import Alignments
from vpreg.training.data.check_scans import look_at_scans, validation_of
from vpreg.training.data.data_problems import DataProblemsError
from vpreg.training.data.data_settings import Alignment, DataSettings
from vpreg.training.data.draws import Stream, seed_of
from vpreg.training.data.lazy_pairs import LazyPairs
from vpreg.training.data.ordered_pairs import ordered_pair
from vpreg.training.data.scan_entry import ScanEntry
from vpreg.training.data.scan_store import ScanStore
from vpreg.training.data.side import Side, lay_fixed, lay_moving
from vpreg.training.data.split import SplitScans
from vpreg.training.data.vary_pair import vary_pair
from vpreg.training.data.vary_position import draw_affine
from vpreg.training.training_pair import TrainingPair


@dataclass
class ScanPairs:
    """A source of ordered pairs of real scans, laid on the home grid and varied on a device."""

    settings: DataSettings
    home: HomeGrid
    labels: tuple[int, ...]
    scans: SplitScans
    store: ScanStore
    alignments: Alignments
    device: torch.device
    rank: int = 0
    ranks: int = 1

    @torch.no_grad()
    def pair(self, step: int) -> TrainingPair:
        """Return the varied pair of a step; ValueError if its scans cannot be aligned."""
        number = step * self.ranks + self.rank
        train, seed = self.scans.train, self.settings.seed
        fixed, moving = ordered_pair(number, scans=len(train), seed=seed)
        random = Randomness(seed_of(seed, Stream.AUGMENTATION, number), self.device)
        return self._pair(train[fixed], train[moving], self.settings.alignment, random)

    def validation_pairs(self) -> Sequence[TrainingPair]:
        """Return pairs of scans that are never trained on, as they are.

        Each pair is aligned for itself, as it is when the network is used, and made when it is
        asked for.
        """
        chosen = validation_of(self.scans, self.settings)
        return LazyPairs(len(chosen), lambda number: self._validation_pair(*chosen[number]))

    @torch.no_grad()
    def _validation_pair(self, fixed: int, moving: int) -> TrainingPair:
        held = self.scans.validation
        apart = self.settings.alignment is Alignment.NONE
        alignment = Alignment.NONE if apart else Alignment.PAIR
        return self._pair(held[fixed], held[moving], alignment, None)

    def _pair(
        self,
        fixed: ScanEntry,
        moving: ScanEntry,
        alignment: Alignment,
        random: Randomness | None,
    ) -> TrainingPair:
        fixed_to_moving = self.alignments.fixed_to_moving(fixed, moving, alignment)
        still, coming = (self.store.scan(entry).to(self.device) for entry in (fixed, moving))
        moved = np.eye(4)
        if random is not None:
            moved = draw_affine(random, self.settings.augmentation, still.home)
        sides = (
            lay_fixed(still),
            lay_moving(coming, over=still, fixed_to_moving=fixed_to_moving @ moved),
        )
        if random is not None:
            sides = vary_pair(*sides, random, self.settings)
        return _training_pair((fixed.name, moving.name), *sides, self.home.grey_value_of_one)


def open_scans(
    settings: DataSettings,
    *,
    device: torch.device | str = "cpu",
    rank: int = 0,
    ranks: int = 1,
    progress: Callable[[float], None] | None = None,
) -> ScanPairs:
    """Check and prepare all scans, and open their pairs; DataProblemsError names what is wrong."""
    store = ScanStore(settings)
    found = look_at_scans(settings, store, progress=progress)
    if found.problems:
        raise DataProblemsError(found.problems)
    alignments = Alignments(store, template=found.scans.train[0])
    where = torch.device(device)
    return ScanPairs(
        settings, settings.home, found.labels, found.scans, store, alignments, where, rank, ranks
    )


def _training_pair(names: tuple[str, str], fixed: Side, moving: Side, grey: float) -> TrainingPair:
    return TrainingPair(
        names=names,
        fixed=fixed.image[None, None] * grey,
        moving=moving.image[None, None] * grey,
        fixed_labels=_batched(fixed.labels),
        moving_labels=_batched(moving.labels),
        fixed_organ=_batched(fixed.organ),
        moving_organ=_batched(moving.organ),
        fixed_acquired=_batched(fixed.acquired),
        moving_acquired=_batched(moving.acquired),
        fixed_tumor=_batched(fixed.tumor),
        moving_tumor=_batched(moving.tumor),
    )


def _batched(voxels: torch.Tensor | None) -> torch.Tensor | None:
    return None if voxels is None else voxels[None, None]
