"""A trained network as a solver, with per-pair optimisation as its finish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import torch

from vpreg.fields.compose import compose
from vpreg.fields.taper import taper_border
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.resampling import resample
from vpreg.networks.network import FieldNetwork
from vpreg.networks.store import Model
from vpreg.solvers.carry_field import carry_field
from vpreg.solvers.level import per_axis
from vpreg.solvers.objective import Objective
from vpreg.solvers.pair import BORDER_MM, PairSolver
from vpreg.solvers.pair_settings import PairSettings

PREDICTED = 0.5
"""The share of the work that is told as done once the network has spoken."""


@dataclass(frozen=True)
class NetworkSolver:
    """One pass of a network on its own grid, then some steps of the pair solver.

    The steps honour weights, volumes and slices, which a network knows nothing of; its third
    channel, where it has one, sees the organ and the soft mask as published (methods §2.3 i).
    Folds are repaired and known lesions are set right even without any step.
    """

    model: Model
    refine_iterations: int = 20
    refinement: PairSettings = field(default_factory=PairSettings)
    """Similarity, smoothness and step of the refinement; its levels follow from the iterations."""
    volume_share: float = 1.0
    """How much volume counts, 0 to 1, for a network that was trained for all of these."""

    def __post_init__(self) -> None:
        if not 0 <= self.volume_share <= 1:
            msg = f"Give a volume share from 0 to 1: {self.volume_share} is not."
            raise ValueError(msg)
        if self.volume_share != 1 and not self.model.card.conditional_volume:
            name = self.model.card.name
            msg = f"Choose a conditional model, or a volume share of 1: {name} knows no other."
            raise ValueError(msg)

    @torch.no_grad()
    def solve(
        self,
        fixed: Image,
        moving: Image,
        *,
        objective: Objective,
        start: torch.Tensor | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> torch.Tensor:
        """Return the field (3, K, J, I) in voxels of the fixed grid; `moving` lies on it too.

        Both are normalised to [0, 1]. With a `start` the network sees the scan that it made, and
        its field is added to it.
        """
        tell = progress or (lambda _: None)
        tell(0.0)
        u = self._predict(fixed, moving, objective, start)
        u = _still_at_border(u, fixed.grid)
        tell(PREDICTED)
        return PairSolver(self._levels()).solve(
            fixed,
            moving,
            objective=objective,
            start=u,
            progress=lambda fraction: tell(PREDICTED + (1 - PREDICTED) * fraction),
        )

    def _levels(self) -> PairSettings:
        """Spend two thirds of the steps on half the resolution, where one costs an eighth."""
        fine = self.refine_iterations // 3
        return replace(
            self.refinement,
            factors=(2, 1),
            field_factors=(1.0, 1.5),
            iterations=(self.refine_iterations - fine, fine),
        )

    def _predict(
        self, fixed: Image, moving: Image, objective: Objective, start: torch.Tensor | None
    ) -> torch.Tensor:
        network = self.model.network.to(fixed.voxels.device)
        if not fixed.voxels.is_mps:
            _put_channels_last(network)
        seen = _seen(fixed.voxels, moving.voxels, objective)
        mask = _third_channel(objective, self.volume_share) if network.mask_channel else None
        if start is not None:
            seen = (seen[0], warp(seen[1], start))
            mask = None if mask is None else warp(mask, start)
        grid = self.model.card.home.lay_over(fixed, divisor=network.divisor)
        grey = self.model.card.home.grey_value_of_one
        images = [_laid(voxels, fixed.grid, grid) * grey for voxels in seen]
        laid_mask = None if mask is None else _laid(mask, fixed.grid, grid)
        with torch.autocast("cuda", torch.bfloat16, enabled=fixed.voxels.is_cuda):
            found = network(images[0], images[1], laid_mask).u[0]
        u = carry_field(found.to(fixed.voxels.dtype), grid=grid, new_grid=fixed.grid)
        return u if start is None else compose(u, start)


def _still_at_border(u: torch.Tensor, grid: Grid) -> torch.Tensor:
    """Let a field end in zero, over a way long enough that it does not fold there."""
    spacing = per_axis(grid.spacing_mm, u)
    band = [min(n, round(BORDER_MM / s)) for n, s in zip(grid.shape, grid.spacing_mm, strict=True)]
    length_mm = (u * spacing).abs().amax(0)
    inner = tuple(slice(b, n - b) for b, n in zip(band, grid.shape, strict=True))
    length_mm[inner] = 0
    # The steepest slope of a raised cosine is pi / 2 of its mean slope.
    width_mm = max(BORDER_MM, 2 * float(length_mm.max()))
    return taper_border(u, [width_mm / s for s in grid.spacing_mm])


def _put_channels_last(network: FieldNetwork) -> None:
    """Order kernels so that convolutions take a quarter less time; tensor cores want it, too."""
    for parameter in network.parameters():
        if parameter.ndim == 5:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last_3d)


def _seen(
    fixed: torch.Tensor, moving: torch.Tensor, objective: Objective
) -> tuple[torch.Tensor, torch.Tensor]:
    """Let each scan look like the other one where it does not count, so that nothing pulls there.

    A network takes no weights, and a hole would be an edge to align.
    """
    seen_fixed, seen_moving = fixed, moving
    if objective.fixed_weight is not None:
        seen_fixed = torch.lerp(moving, fixed, objective.fixed_weight.to(fixed))
    if objective.moving_weight is not None:
        seen_moving = torch.lerp(fixed, moving, objective.moving_weight.to(moving))
    return seen_fixed, seen_moving


def _third_channel(objective: Objective, volume_share: float) -> torch.Tensor | None:
    """Return 0 outside the organ, 1 in it, and up to 2 where volume must be kept."""
    volume = objective.volume
    if volume is None:
        return None
    mask = volume.mask if volume.seen_mask is None else volume.seen_mask
    return volume.organ + volume_share * mask


def _laid(voxels: torch.Tensor, grid: Grid, home: Grid) -> torch.Tensor:
    return resample(Image(voxels, grid), home).voxels[None, None]
