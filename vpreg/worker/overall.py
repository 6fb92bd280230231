"""From the share of a stage to the share of the job, and the time that is left."""

from __future__ import annotations

from collections.abc import Sequence

from vpreg.progress import Stage

# Seconds of one busy core for head phantoms; only their proportion matters.
SECONDS_PER_MEGAVOXEL = {
    Stage.READING: 0.9,
    Stage.AFFINE: 2.2,
    Stage.SIMILARITY: 12.6,
    Stage.MASK: 5.5,
    Stage.VOLUME: 15.0,
    Stage.MEASURING: 12.9,
    Stage.WRITING: 11.8,
}
AFFINE_S = 8.0
"""The affine looks at as many points of a large scan as of a small one."""
USUAL_MEGAVOXELS = 5.0
_SEEN_ENOUGH = 0.02


def cost_s(stage: Stage, megavoxels: float) -> float:
    """Return about how long a stage takes."""
    fixed = AFFINE_S if stage is Stage.AFFINE else 0.0
    return fixed + SECONDS_PER_MEGAVOXEL[stage] * megavoxels


class OverallFraction:
    """The done share of a job, which never goes back."""

    def __init__(self, stages: Sequence[Stage] = tuple(Stage)) -> None:
        """Count the stages that this job has; another one counts as over at once."""
        self._stages = stages
        self._spans: dict[Stage, tuple[float, float]] = {}
        self._reached = 0.0
        self.expect(USUAL_MEGAVOXELS)

    def expect(self, megavoxels: float) -> None:
        """Share the job out among its stages as scans of this size do."""
        costs = [cost_s(stage, megavoxels) for stage in self._stages]
        before = 0.0
        for stage, cost in zip(self._stages, costs, strict=True):
            self._spans[stage] = (before / sum(costs), cost / sum(costs))
            before += cost

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
