"""Invert a displacement field and say how well that went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import torch

from vpreg.fields.jacobian import at_least_single
from vpreg.fields.newton import solve_at_points
from vpreg.fields.sampling import Padding, axis_coordinates, check_field, shape_of
from vpreg.fields.scatter import scattered_inverse
from vpreg.fields.warp import warp
from vpreg.filters.differences import difference_along
from vpreg.filters.gaussian import gaussian_smooth

_FEW = 0.01
_STALLED = 0.7
_SMOOTHING_VOXELS = 1.0


class InversionMethod(Enum):
    """The plain fixed point, or Newton-like sweeps and then Newton steps at what is left."""

    FIXED_POINT = "fixed point"
    ROBUST = "robust"


@dataclass(frozen=True)
class Inversion:
    """An inverse field with |v(y) + u(y + v(y))| over the voxels whose preimage is in view.

    `unconverged_voxels` counts those above the tolerance: a fold has no inverse. `in_view` is bool
    (K, J, I); elsewhere the field is that of `u` with the displacement of its edge carried on.
    """

    u: torch.Tensor
    in_view: torch.Tensor
    max_residual_voxels: float
    mean_residual_voxels: float
    unconverged_voxels: int
    sweeps: int

    @property
    def converged(self) -> bool:
        """Whether every voxel in view is within the tolerance."""
        return self.unconverged_voxels == 0


@torch.no_grad()
def invert(
    u: torch.Tensor,
    *,
    method: InversionMethod = InversionMethod.ROBUST,
    tolerance_voxels: float = 0.01,
    max_sweeps: int = 30,
    start: torch.Tensor | None = None,
) -> Inversion:
    """Solve v(y) = -u(y + v(y)) on the grid of `u`; the inverse is not -u (T13).

    The fixed point contracts only where the derivative of `u` stays below one (Chen et al., Med
    Phys 2008). The robust method does not depend on that, and needs about a tenth of the sweeps.
    `start` is a guess of the inverse, for example from the step before.
    """
    check_field(u)
    if tolerance_voxels <= 0:
        msg = f"Give a tolerance above zero voxels: {tolerance_voxels} was given."
        raise ValueError(msg)
    u = at_least_single(u.detach())
    if method is InversionMethod.FIXED_POINT:
        v = -u if start is None else start.detach().to(u)
        v, sweeps = _fixed_point(u, v, tolerance_voxels, max_sweeps)
    else:
        v = _scattered(u) if start is None else start.detach().to(u)
        v, sweeps = _newton_sweeps(u, v, tolerance_voxels, max_sweeps)
        v = _finish(u, v, tolerance_voxels)
    return _report(u, v, tolerance_voxels, sweeps)


def _fixed_point(
    u: torch.Tensor, v: torch.Tensor, tolerance: float, max_sweeps: int
) -> tuple[torch.Tensor, int]:
    for sweep in range(max_sweeps):
        update = warp(u, v, padding=Padding.BORDER).neg_()
        # What a sweep changes is the residual of the field before it.
        residual = v - update
        v = update
        if not bool((_squared_length(residual) > tolerance**2).any()):
            return v, sweep + 1
    return v, max_sweeps


def _newton_sweeps(
    u: torch.Tensor, v: torch.Tensor, tolerance: float, max_sweeps: int
) -> tuple[torch.Tensor, int]:
    """Step by the derivative of the inverse found so far, which costs no warp, on all voxels.

    With psi = id + v and residual r, psi(y - r) is v - r - (dv/dx) r to first order: Newton's step
    with the inverse Jacobian read off psi. A voxel whose residual grew keeps what it had and
    halves its step.
    """
    residual = _residual(u, v)
    length = _squared_length(residual)
    share = torch.ones_like(length)
    before = v[0].numel()
    for sweep in range(max_sweeps):
        left = int((length > tolerance**2).sum())
        if left < _FEW * v[0].numel() or (sweep and left > _STALLED * before):
            return v, sweep
        before = left
        tried = _newton_like(v, residual, share)
        new_residual = _residual(u, tried)
        new_length = _squared_length(new_residual)
        better = new_length < length
        v = torch.where(better, tried, v)
        residual = torch.where(better, new_residual, residual)
        length = torch.where(better, new_length, length)
        share = torch.where(better, torch.ones_like(share), share / 2)
    return v, max_sweeps


def _newton_like(v: torch.Tensor, residual: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    planes = []
    for c in range(3):
        step = residual[c].clone()
        for a in range(3):
            step.addcmul_(difference_along(v[c], a), residual[a])
        planes.append(torch.addcmul(v[c], share, step, value=-1))
    return torch.stack(planes)


def _scattered(u: torch.Tensor) -> torch.Tensor:
    # The scatter is off by up to half a voxel at random, which would spoil the derivative.
    return gaussian_smooth(scattered_inverse(u), _SMOOTHING_VOXELS)


def _finish(u: torch.Tensor, v: torch.Tensor, tolerance: float) -> torch.Tensor:
    for start in (v, None):
        left = (_squared_length(_residual(u, v)) > tolerance**2).flatten().nonzero()[:, 0]
        if left.numel() == 0:
            break
        # Where the sweeps went astray, the scattered inverse still starts close by.
        guess = (scattered_inverse(u) if start is None else start).flatten(1)[:, left]
        solution, solved = solve_at_points(u, left, guess, tolerance_voxels=tolerance)
        v.view(3, -1)[:, left[solved]] = solution[:, solved]
    return v


def _report(u: torch.Tensor, v: torch.Tensor, tolerance: float, sweeps: int) -> Inversion:
    residual = _squared_length(_residual(u, v)).sqrt_()
    in_view = torch.ones_like(residual, dtype=torch.bool)
    lines = axis_coordinates(shape_of(v), device=v.device, dtype=v.dtype)
    for a, n in enumerate(shape_of(v)):
        preimage = lines[a] + v[a]
        in_view &= (preimage >= -tolerance) & (preimage <= n - 1 + tolerance)
    seen = residual[in_view]
    return Inversion(
        u=v,
        in_view=in_view,
        max_residual_voxels=float(seen.max()) if seen.numel() else 0.0,
        mean_residual_voxels=float(seen.mean()) if seen.numel() else 0.0,
        unconverged_voxels=int((seen > tolerance).sum()),
        sweeps=sweeps,
    )


def _residual(u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    return warp(u, v, padding=Padding.BORDER).add_(v)


def _squared_length(field: torch.Tensor) -> torch.Tensor:
    return (field[0] * field[0]).addcmul_(field[1], field[1]).addcmul_(field[2], field[2])
