"""Guess where to start an alignment."""

from __future__ import annotations

import itertools
import math

import numpy as np

from vpreg.similarity.mutual_information import MutualInformation
from vpreg.solvers.affine_foreground import Foreground
from vpreg.solvers.affine_levels import CoarseScan
from vpreg.solvers.affine_loss import common_weight, warped_onto
from vpreg.solvers.affine_parameters import Chart
from vpreg.solvers.affine_shift import best_shift

_BINS = 16
_TURN_DEG = 12.0


class Evidence:
    """How strongly one scan predicts the other: mutual information times the voxels in sight.

    That is the logarithm of the likelihood ratio between dependence and chance. Unlike the mean it
    does not prefer a small overlap that fits by luck.
    """

    def __init__(self, fixed: CoarseScan, moving: CoarseScan) -> None:
        self.fixed, self.moving = fixed, moving
        low, high = (float(x) for x in moving.voxels.aminmax())
        self.term = MutualInformation(fixed.voxels, bins=_BINS, warped_range=(low, high))

    def of(self, matrix_lps: np.ndarray) -> float:
        """Return the evidence for a matrix, in nats."""
        weight = common_weight(self.fixed, self.moving, matrix_lps)
        warped = warped_onto(self.fixed, self.moving, matrix_lps)
        value, _ = self.term.value_and_gradient(warped, weight=weight)
        return -float(value) * float(weight.sum())


def starts(
    fixed: CoarseScan,
    moving: CoarseScan,
    *,
    fixed_body: Foreground,
    moving_body: Foreground,
    spacing_mm: float,
) -> list[np.ndarray]:
    """Return matrices worth trying: same scanner frame, centres of body and image, best shift."""
    shifts = [
        np.zeros(3),
        moving_body.centre_lps - fixed_body.centre_lps,
        _image_centre(moving) - _image_centre(fixed),
    ]
    found = best_shift(
        fixed, moving, fixed_body=fixed_body, moving_body=moving_body, spacing_mm=spacing_mm
    )
    if found is not None:
        shifts.append(found)
    return [_shifted(shift) for shift in shifts]


def best_starts(candidates: list[np.ndarray], evidence: Evidence, count: int) -> list[np.ndarray]:
    """Return the candidates with the most evidence, best first."""
    scores = [evidence.of(candidate) for candidate in candidates]
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    return [candidates[n] for n in order[:count]]


def turned(chart: Chart) -> list[np.ndarray]:
    """Return the start of a chart turned by a few degrees, either way about each axis."""
    size = math.radians(_TURN_DEG) * chart.radius_mm
    found = []
    for axis, sign in itertools.product(range(3), (-1.0, 1.0)):
        parameters = np.zeros(6)
        parameters[3 + axis] = sign * size
        found.append(chart.matrix(parameters))
    return found


def _image_centre(scan: CoarseScan) -> np.ndarray:
    middle = (np.asarray(scan.grid.shape) - 1) / 2
    result: np.ndarray = (scan.grid.voxel_to_lps @ [*middle, 1.0])[:3]
    return result


def _shifted(shift_lps: np.ndarray) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, 3] = shift_lps
    return matrix
