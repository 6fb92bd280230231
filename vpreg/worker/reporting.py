"""Progress as lines."""

from __future__ import annotations

import time

from vpreg.progress import Stage
from vpreg.worker.lines import Lines
from vpreg.worker.overall import OverallFraction, seconds_left
from vpreg.worker.stop import Stop

_INTERVAL_S = 0.1


class LineProgress:
    """Writes how far the job is, a few times a second, and raises Cancelled when it has to end."""

    def __init__(self, lines: Lines, stop: Stop, overall: OverallFraction) -> None:
        """Count the time from now."""
        self._lines, self._stop, self._overall = lines, stop, overall
        self._started = time.monotonic()
        self._last: tuple[Stage, float] | None = None

    def report(self, stage: Stage, fraction: float) -> None:
        """Take note of the done share of a stage."""
        self._stop.raise_if_wanted()
        overall = self._overall.at(stage, fraction)
        now = time.monotonic()
        if self._is_news(stage, now):
            self._last = (stage, now)
            left = seconds_left(overall, now - self._started)
            self._lines.write(
                "progress",
                stage=stage.value,
                stage_code=stage.name.lower(),
                fraction=round(overall, 4),
                eta_s=None if left is None else round(left, 1),
            )

    def _is_news(self, stage: Stage, now: float) -> bool:
        return self._last is None or self._last[0] != stage or now - self._last[1] >= _INTERVAL_S
