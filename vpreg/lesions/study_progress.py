"""How far a study is: many registrations as one bar."""

from __future__ import annotations

from collections.abc import Callable

from vpreg.progress import Progress, Stage

Heard = Callable[[str, float], None]
"""What is being done, in words, and the done share of the study; may raise Cancelled."""

_MEASURING = 0.05
_ORDER = list(Stage)


def silent(_words: str, _fraction: float) -> None:
    """Ignore it."""


class StudyProgress:
    """Turns the stages of each registration into the share of the whole, which never goes back."""

    def __init__(self, heard: Heard, *, pairs: int) -> None:
        """Count `pairs` registrations, and measuring after them."""
        self._heard, self._pairs, self._reached = heard, pairs, 0.0

    def of_pair(self, index: int, words: str) -> Progress:
        """Return what the registration of one pair reports to."""
        return _PairProgress(self, index, words)

    def say(self, words: str, *, pairs_done: float, measured: float = 0.0) -> None:
        """Report, with the registrations done and the share of measuring."""
        share = min(pairs_done / self._pairs, 1.0)
        self._reached = max(self._reached, share * (1 - _MEASURING) + measured * _MEASURING)
        self._heard(words, min(self._reached, 1.0))


class _PairProgress:
    def __init__(self, whole: StudyProgress, index: int, words: str) -> None:
        self._whole, self._index, self._words = whole, index, words

    def report(self, stage: Stage, fraction: float) -> None:
        done = (_ORDER.index(stage) + min(max(fraction, 0.0), 1.0)) / len(_ORDER)
        self._whole.say(f"{self._words}: {stage.value}", pairs_done=self._index + done)
