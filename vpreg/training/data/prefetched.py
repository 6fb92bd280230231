"""Make the next pairs while the network works on this one."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from vpreg.networks.home_grid import HomeGrid
from vpreg.training.training_pair import PairSource, TrainingPair


class Prefetched:
    """A source that makes up to `ahead` pairs beforehand, in one thread.

    The pairs are those of the source: asking for any step gives that step, and what goes wrong
    while a pair is made comes out when it is asked for. Use it in a `with` block, or close it.
    """

    def __init__(self, source: PairSource, *, ahead: int = 2) -> None:
        self._source = source
        self.home: HomeGrid = source.home
        self.labels: tuple[int, ...] = source.labels
        self._ahead = ahead
        # One thread: the source keeps scans in memory, and its order of use stays the same.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pairs")
        self._made: dict[int, Future[TrainingPair]] = {}

    def pair(self, step: int) -> TrainingPair:
        """Return the pair of a step, and begin those of the next."""
        wanted = range(step, step + self._ahead + 1)
        for other in [known for known in self._made if known not in wanted]:
            self._made.pop(other).cancel()
        for number in wanted:
            if number not in self._made:
                self._made[number] = self._worker.submit(self._source.pair, number)
        return self._made.pop(step).result()

    def validation_pairs(self) -> Sequence[TrainingPair]:
        """Return the validation pairs of the source."""
        return self._source.validation_pairs()

    def close(self) -> None:
        """Let go of what was made beforehand, and wait for the pair that is being made."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._made.clear()

    def __enter__(self) -> Prefetched:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
