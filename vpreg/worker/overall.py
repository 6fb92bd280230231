"""From the share of a stage to the share of the job, and the time that is left."""

from __future__ import annotations

from collections.abc import Sequence

from vpreg.progress import Stage

# Tenths of seconds that `vpreg demo` took on two cores; only their proportion matters.
WEIGHTS = {
    Stage.READING: 3.0,
    Stage.AFFINE: 18.0,
    Stage.SIMILARITY: 33.0,
    Stage.MASK: 13.0,
    Stage.VOLUME: 42.0,
    Stage.MEASURING: 51.0,
    Stage.WRITING: 56.0,
}
_SEEN_ENOUGH = 0.02


class OverallFraction:
    """The done share of a job, which never goes back."""

    def __init__(self, stages: Sequence[Stage] = tuple(Stage)) -> None:
        """Count the stages that this job has; another one counts as over at once."""
        total = sum(WEIGHTS[stage] for stage in stages)
        before = 0.0
        self._spans: dict[Stage, tuple[float, float]] = {}
        for stage in stages:
            self._spans[stage] = (before / total, WEIGHTS[stage] / total)
            before += WEIGHTS[stage]
        self._reached = 0.0

    def at(self, stage: Stage, fraction: float) -> float:
        """Return the share of the job, 0 to 1, when a stage has done the given share of itself."""
        start, share = self._spans.get(stage, (self._reached, 0.0))
        done = start + share * min(max(fraction, 0.0), 1.0)
        self._reached = max(self._reached, min(done, 1.0))
        return self._reached


def seconds_left(fraction: float, elapsed_s: float) -> float | None:
    """Return the time left if the rest goes as fast as what is done; None before that says much."""
    if fraction < _SEEN_ENOUGH:
        return None
    return elapsed_s * (1 - fraction) / fraction
