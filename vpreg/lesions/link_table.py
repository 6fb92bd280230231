"""What links the pieces of one date to the lesions known so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vpreg.lesions.corrections import Mark, Marks
from vpreg.lesions.links import find_links
from vpreg.lesions.overlap import Aligned, gaps_mm, overlap_shares
from vpreg.lesions.track_so_far import TrackSoFar

Between = Callable[[Aligned, Aligned], np.ndarray]


@dataclass(frozen=True)
class LinkTable:
    """The pieces at `time`, and the lesions that are still there."""

    dates: Sequence[Aligned]
    marks: Marks
    time: int
    alive: list[TrackSoFar]

    def links(self) -> np.ndarray:
        """Return which lesion (row) goes on as which piece (column); corrections come first."""
        shape = (len(self.alive), len(self.dates[self.time].segmentation.pieces))
        if 0 in shape:
            return np.zeros(shape, dtype=bool)
        shares = self._table(overlap_shares, np.max, 0.0)
        forced, allowed = self._ask(self._is_same), ~self._ask(self._is_other)
        for group in self.marks.groups_at(self.time):
            columns = [number - 1 for number in group]
            shares[:, columns] = shares[:, columns].max(1, keepdims=True)
            forced[:, columns] = forced[:, columns].any(1, keepdims=True)
        claimed = forced.any(0)
        return find_links(
            np.where(forced, 1.0, shares),
            gaps_mm=lambda: self._table(gaps_mm, np.min, np.inf),
            allowed=allowed & (forced | ~claimed),
        )

    def _table(self, measure: Between, best: Callable[..., np.ndarray], start: float) -> np.ndarray:
        """Measure each lesion by its best piece where it was seen last."""
        count = len(self.dates[self.time].segmentation.pieces)
        table = np.full((len(self.alive), count), start)
        for last in {track.last for track in self.alive}:
            between = measure(self.dates[last], self.dates[self.time])
            for row, track in enumerate(self.alive):
                if track.last == last:
                    rows = between[[number - 1 for number in track.last_pieces]]
                    table[row] = best(rows, axis=0)
        return table

    def _ask(self, question: Callable[[TrackSoFar, Mark], bool]) -> np.ndarray:
        count = len(self.dates[self.time].segmentation.pieces)
        return np.array(
            [[question(track, (self.time, n + 1)) for n in range(count)] for track in self.alive]
        )

    def _is_same(self, track: TrackSoFar, mark: Mark) -> bool:
        return any(mark in one and track.seen & one for one in self.marks.same)

    def _is_other(self, track: TrackSoFar, mark: Mark) -> bool:
        return any(frozenset((mark, seen)) in self.marks.different for seen in track.seen)
