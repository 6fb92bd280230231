"""Refine an alignment from voxel size to voxel size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vpreg.progress import Progress, Stage
from vpreg.solvers.affine_descent import descend
from vpreg.solvers.affine_loss import AffineLoss
from vpreg.solvers.affine_parameters import Chart

# In voxels of the level.
_LONGEST_STEP = 1.5
_SHORTEST_STEP = 0.02


@dataclass
class Ladder:
    """Steps that hand on what they learned of the curvature, and say how far they are.

    `shares` are the parts of the whole work that the steps take, in their order.
    """

    progress: Progress
    shares: list[float]
    inverse_curvature: np.ndarray | None = None
    done: float = 0.0

    def climb(self, loss: AffineLoss, chart: Chart, *, count: int, iterations: int) -> Chart:
        """Return the chart moved to the best matrix of `count` parameters nearby."""
        loss.look_from(chart.start)
        share = self.shares.pop(0)

        def value_and_slope(parameters: np.ndarray) -> tuple[float, np.ndarray]:
            value, slope = loss.value_and_slope(chart.matrix(parameters))
            return value, chart.parameter_slope(parameters, slope)

        def report(iteration: int) -> None:
            fraction = self.done + share * iteration / iterations
            self.progress.report(Stage.AFFINE, min(fraction, 1.0))

        voxel_mm = max(loss.fixed.grid.spacing_mm)
        found = descend(
            value_and_slope,
            np.zeros(count),
            inverse_curvature=_enlarged(self.inverse_curvature, count),
            longest_step=_LONGEST_STEP * voxel_mm,
            shortest_step=_SHORTEST_STEP * voxel_mm,
            iterations=iterations,
            each_iteration=report,
        )
        self.inverse_curvature = found.inverse_curvature
        self.done += share
        return chart.moved_to(chart.matrix(found.parameters))


def _enlarged(inverse_curvature: np.ndarray | None, count: int) -> np.ndarray | None:
    """Guess that new parameters are curved like the known ones on average: they are scaled so."""
    if inverse_curvature is None or len(inverse_curvature) == count:
        return inverse_curvature
    known = len(inverse_curvature)
    larger: np.ndarray = np.eye(count) * np.diag(inverse_curvature).mean()
    larger[:known, :known] = inverse_curvature
    return larger
