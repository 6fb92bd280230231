"""Describe matrices near a start by a few numbers that all move voxels alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

RIGID_COUNT = 6
AFFINE_COUNT = 12


@dataclass(frozen=True)
class Chart:
    """Parameters p stand for start · exp(p₀B₀ + p₁B₁ + …), about a centre in the fixed scan.

    The generators B are three shifts, three turns, three stretches and three shears. One unit of
    each moves the tissue by about a millimetre: shifts by 1 mm, the rest by 1 mm at `radius_mm`.
    With the first six the start stays rigid if it was. The exponential neither folds nor mirrors.
    """

    start: np.ndarray
    centre_lps: np.ndarray
    radius_mm: float

    def moved_to(self, matrix: np.ndarray) -> Chart:
        """Return the chart that starts at another matrix."""
        return Chart(matrix, self.centre_lps, self.radius_mm)

    def matrix(self, parameters: np.ndarray) -> np.ndarray:
        """Return the 4x4 matrix for 6 or 12 parameters."""
        grown: np.ndarray = torch.linalg.matrix_exp(self._exponent(parameters)[0]).numpy()
        product: np.ndarray = self.start @ self._about_centre(grown)
        return product

    def parameter_slope(self, parameters: np.ndarray, slope: np.ndarray) -> np.ndarray:
        """Turn the slope of a loss by the 4x4 matrix into that by the parameters."""
        outer = self.start @ _shift(self.centre_lps)
        inner = outer.T @ slope @ _shift(-self.centre_lps).T
        exponent, generators = self._exponent(parameters)
        # The slope of exp at X, against S, is the upper right block of exp [[Xᵀ, S], [0, Xᵀ]]
        # (Van Loan 1978; the adjoint of the Fréchet derivative at X is the derivative at Xᵀ).
        block = torch.zeros(8, 8, dtype=torch.float64)
        block[:4, :4] = block[4:, 4:] = exponent.T
        block[:4, 4:] = torch.from_numpy(inner)
        pulled = torch.linalg.matrix_exp(block)[:4, 4:]
        result: np.ndarray = (generators * pulled).sum((1, 2)).numpy()
        return result

    def _exponent(self, parameters: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        generators = torch.from_numpy(_generators(len(parameters), self.radius_mm))
        return torch.einsum("p,pij->ij", torch.from_numpy(parameters), generators), generators

    def _about_centre(self, matrix: np.ndarray) -> np.ndarray:
        result: np.ndarray = _shift(self.centre_lps) @ matrix @ _shift(-self.centre_lps)
        return result


def _generators(count: int, radius_mm: float) -> np.ndarray:
    found = np.zeros((AFFINE_COUNT, 4, 4))
    for a in range(3):
        b, c = (a + 1) % 3, (a + 2) % 3
        found[a, a, 3] = 1.0
        found[3 + a, b, c], found[3 + a, c, b] = -1 / radius_mm, 1 / radius_mm
        found[6 + a, a, a] = 1 / radius_mm
        found[9 + a, b, c] = found[9 + a, c, b] = 1 / radius_mm
    return found[:count]


def _shift(by: np.ndarray) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, 3] = by
    return matrix
