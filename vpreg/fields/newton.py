"""Invert a field at single voxels by damped Newton steps."""

from __future__ import annotations

import torch

from vpreg.fields.determinant import cofactor, determinant_of_planes
from vpreg.fields.sampling import Shape, shape_of

_POINTS_AT_ONCE = 1 << 17
_MAX_STEPS = 40
_MAX_STEP_VOXELS = 5.0
_MIN_DETERMINANT = 1e-3


def solve_at_points(
    u: torch.Tensor, points: torch.Tensor, start: torch.Tensor, *, tolerance_voxels: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Solve v + u(y + v) = 0 at the voxels with flat index `points` (P,), from `start` (3, P).

    Returns v (3, P) and which of them arrived within the tolerance. The field is its trilinear
    interpolant with that interpolant's own derivative, so the steps are exact Newton steps; one is
    halved for as long as it makes the residual longer.
    """
    solution = start.clone()
    solved = torch.zeros(points.shape, device=u.device, dtype=torch.bool)
    for begin in range(0, points.numel(), _POINTS_AT_ONCE):
        part = slice(begin, begin + _POINTS_AT_ONCE)
        solution[:, part], solved[part] = _solve(u, points[part], start[:, part], tolerance_voxels)
    return solution, solved


def _solve(
    u: torch.Tensor, points: torch.Tensor, start: torch.Tensor, tolerance: float
) -> tuple[torch.Tensor, torch.Tensor]:
    y = _unravel(points, shape_of(u)).to(u.dtype)
    v, solved = start.clone(), torch.zeros(points.shape, device=u.device, dtype=torch.bool)
    todo = torch.arange(points.numel(), device=u.device)
    now = start.clone()
    residual, step = _residual_and_step(u, y, now)
    length = residual.norm(dim=0)
    share = torch.ones_like(length)
    for _ in range(_MAX_STEPS):
        done = length <= tolerance
        v[:, todo[done]] = now[:, done]
        solved[todo[done]] = True
        keep = ~done
        if not bool(keep.any()):
            break
        todo, y, now = todo[keep], y[:, keep], now[:, keep]
        step, length, share = step[:, keep], length[keep], share[keep]
        tried = now - share * step
        residual, new_step = _residual_and_step(u, y, tried)
        new_length = residual.norm(dim=0)
        better = new_length < length
        now, step = torch.where(better, tried, now), torch.where(better, new_step, step)
        length = torch.where(better, new_length, length)
        share = torch.where(better, torch.ones_like(share), share / 2)
    return v, solved


def _residual_and_step(
    u: torch.Tensor, y: torch.Tensor, v: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    value, rows = _value_and_derivative(u, y + v)
    residual = v + value
    for c in range(3):
        rows[c][c] = rows[c][c] + 1
    det = determinant_of_planes(rows)
    adjugate = [[cofactor(rows, c, a) for c in range(3)] for a in range(3)]
    step = torch.stack([sum(m * r for m, r in zip(row, residual, strict=True)) for row in adjugate])
    # Where the derivative is singular its Newton step is noise: take the fixed point's instead.
    step = torch.where(det.abs() > _MIN_DETERMINANT, step / det, residual)
    length = step.norm(dim=0).clamp(min=_MAX_STEP_VOXELS)
    return residual, step * (_MAX_STEP_VOXELS / length)


def _value_and_derivative(
    u: torch.Tensor, position: torch.Tensor
) -> tuple[torch.Tensor, list[list[torch.Tensor]]]:
    """Return u (3, P) at `position`, continued by its edge, and du_c/dx_a as [c][a] planes."""
    corners, fraction, inside = _corners(u, position)
    k, j, i = fraction
    along_k = corners[1] - corners[0]
    plane = corners[0] + k * along_k
    along_j = plane[1] - plane[0]
    line = plane[0] + j * along_j
    along_i = line[1] - line[0]
    derivative_k = _lerp(_lerp(along_k, j), i)
    derivatives = (derivative_k, _lerp(along_j, i), along_i)
    rows = [[derivatives[a][c] * inside[a] for a in range(3)] for c in range(3)]
    return line[0] + i * along_i, rows


def _corners(
    u: torch.Tensor, position: torch.Tensor
) -> tuple[torch.Tensor, list[torch.Tensor], list[torch.Tensor]]:
    """Return u at the eight voxels around each point (2, 2, 2, 3, P), where between, where in."""
    fraction, inside, offsets = [], [], []
    for a, n in enumerate(shape_of(u)):
        p = position[a].clamp(0, n - 1)
        low = p.floor().clamp(max=max(n - 2, 0))
        fraction.append(p - low)
        inside.append((position[a] >= 0) & (position[a] <= n - 1))
        first = low.long()
        offsets.append(torch.stack([first, (first + 1).clamp(max=n - 1)]))
    _, j, i = shape_of(u)
    k_index, j_index, i_index = offsets
    index = (k_index[:, None, None] * j + j_index[None, :, None]) * i + i_index[None, None]
    return u.reshape(3, -1)[:, index].movedim(0, 3), fraction, inside


def _lerp(pair: torch.Tensor, fraction: torch.Tensor) -> torch.Tensor:
    return pair[0] + fraction * (pair[1] - pair[0])


def _unravel(points: torch.Tensor, shape: Shape) -> torch.Tensor:
    _, j, i = shape
    return torch.stack([points // (j * i), points // i % j, points % i])
