"""Pairs in a fixed order, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from vpreg.training.training_pair import TrainingPair


class LazyPairs(Sequence[TrainingPair]):
    """A sequence that holds none of its pairs: fifty at full size would fill a memory."""

    def __init__(self, count: int, make: Callable[[int], TrainingPair]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> TrainingPair: ...

    @overload
    def __getitem__(self, index: slice) -> LazyPairs: ...

    def __getitem__(self, index: int | slice) -> TrainingPair | LazyPairs:
        if isinstance(index, slice):
            chosen = range(self._count)[index]
            return LazyPairs(len(chosen), lambda number: self._make(chosen[number]))
        return self._make(range(self._count)[index])
