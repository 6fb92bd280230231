"""Determinants of 3x3 matrices that are stored as planes, one tensor an entry."""

from __future__ import annotations

from collections.abc import Sequence

import torch

Planes = Sequence[Sequence[torch.Tensor]]


def determinant_of_planes(m: Planes) -> torch.Tensor:
    """Return det m, where m[row][column] are tensors of one shape.

    Written out, since torch.linalg.det on (..., 3, 3) factorises each matrix by itself.
    """
    first = torch.mul(m[0][0], cofactor(m, 0, 0))
    first = torch.addcmul(first, m[0][1], cofactor(m, 0, 1))
    return torch.addcmul(first, m[0][2], cofactor(m, 0, 2))


def cofactor(m: Planes, row: int, column: int) -> torch.Tensor:
    """Return the signed minor of an entry; cyclic indices carry the sign by themselves."""
    r, s = (row + 1) % 3, (row + 2) % 3
    c, d = (column + 1) % 3, (column + 2) % 3
    return torch.addcmul(m[r][c] * m[s][d], m[r][d], m[s][c], value=-1)
