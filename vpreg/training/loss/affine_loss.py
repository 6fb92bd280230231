"""How far an affine stem is from a rigid motion."""

from __future__ import annotations

import torch

from vpreg.fields.sampling import Shape

EPSILON = 1e-5


def affine_loss(affine: torch.Tensor, shape: Shape) -> torch.Tensor:
    """Return L_ortho + L_det of methods §2.4, 0 for a rotation and a shift.

    `affine` (3, 4) is what the map adds to the identity, in units of half the `shape` along each
    axis; lengths and angles are those in voxels.
    """
    half = affine.new_tensor(shape) / 2
    # A in voxels is H A H⁻¹, H = diag(half).
    matrix = affine[:, :3] * half[:, None] / half[None, :]
    matrix = matrix + torch.eye(3, dtype=affine.dtype, device=affine.device)
    grown: torch.Tensor = torch.linalg.det(matrix) - 1.0
    return orthogonality_loss(matrix) + 0.5 * grown.square()


def orthogonality_loss(matrix: torch.Tensor) -> torch.Tensor:
    """Return s1 + (1 + e)² s2 / s3 - 6 (1 + e), s the symmetric polynomials of AᵀA + eI."""
    eye = torch.eye(3, dtype=matrix.dtype, device=matrix.device)
    squared = matrix.T @ matrix + EPSILON * eye
    s1 = squared.trace()
    s2: torch.Tensor = 0.5 * (s1.square() - (squared @ squared).trace())
    s3: torch.Tensor = torch.linalg.det(squared)
    return s1 + (1 + EPSILON) ** 2 * s2 / s3 - 6 * (1 + EPSILON)
