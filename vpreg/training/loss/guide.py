"""The frozen first network, which shows the second one where volume is at stake (methods §2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import torch

from vpreg.fields.compose import compose
from vpreg.fields.invert import invert
from vpreg.fields.warp import warp
from vpreg.masks.paper_mask import paper_mask_without_floor, paper_size_map
from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.recipes.paper_mismatch import backward_determinant
from vpreg.solvers.published_loss import hard_ratio
from vpreg.training.loss.guidance import Guidance
from vpreg.training.loss.organ import moving_organ
from vpreg.training.training_pair import TrainingPair

TOLERANCE_VOXELS, SWEEPS = 0.1, 5
"""Of the inverse: the mask is a mean over three voxels and needs no better one."""


class WayBack(Enum):
    """How the mask gets from the fixed scan to the moving one."""

    INVERSE = "inverse"
    NETWORK = "network"
    """A second registration, the other way round, as published."""


@dataclass(frozen=True)
class GuideSettings:
    """How the soft mask is found."""

    flows: int = 1
    """With 2, what the first field left over is registered once more, and that field counts."""
    shrink_only: bool = True
    """Whether only shrunken tissue counts: for a fixed scan without tumors (T5)."""
    way_back: WayBack = WayBack.INVERSE

    def __post_init__(self) -> None:
        if self.flows not in (1, 2):
            msg = f"Choose one flow or two: {self.flows} is neither."
            raise ValueError(msg)


@dataclass(frozen=True)
class _Flow:
    """One registration, (K, J, I) on the fixed grid."""

    size: torch.Tensor
    """How much tissue shrank beyond the organ, as a factor; 0 outside."""
    warped: torch.Tensor
    organ: torch.Tensor
    u: torch.Tensor


class Guide:
    """Find the soft mask of a pair; the network is frozen and keeps its state of evaluation."""

    def __init__(
        self, first: FieldNetwork, home: HomeGrid, settings: GuideSettings | None = None
    ) -> None:
        self.first = first.eval().requires_grad_(False)
        self.home = home
        self.settings = settings or GuideSettings()

    @torch.no_grad()
    def __call__(self, pair: TrainingPair) -> Guidance:
        """Return organ and mask of the moving scan; the pair lies on the network's device.

        `vpreg.recipes.paper_mismatch` shows a trained network the same.
        """
        organ = moving_organ(pair, self.home).to(pair.moving)
        fixed, moving = pair.fixed[0, 0], pair.moving[0, 0]
        flow = self._flow(fixed, moving, organ[0, 0])
        back = self._back(moving, flow)
        if self.settings.flows == 2:
            second = self._flow(fixed, flow.warped, flow.organ)
            # The way from the moving scan: through the first field, then the second (T13).
            back = compose(back, self._back(flow.warped, second))
            flow = second
        mask = paper_mask_without_floor(warp(flow.size, back), organ[0, 0])
        return Guidance(organ=organ, mask=mask[None, None])

    def _flow(self, fixed: torch.Tensor, moving: torch.Tensor, organ: torch.Tensor) -> _Flow:
        u = self._predict(fixed, moving)
        warped_organ = warp(organ, u)
        size = paper_size_map(
            backward_determinant(u),
            warped_organ,
            hard_ratio(organ, u),
            shrink_only=self.settings.shrink_only,
        )
        return _Flow(size=size, warped=warp(moving, u), organ=warped_organ, u=u)

    def _back(self, moving: torch.Tensor, flow: _Flow) -> torch.Tensor:
        """Return the field that pulls from the fixed grid onto the grid of `moving`."""
        if self.settings.way_back is WayBack.NETWORK:
            return self._predict(moving, flow.warped)
        return invert(flow.u, tolerance_voxels=TOLERANCE_VOXELS, max_sweeps=SWEEPS).u

    def _predict(self, fixed: torch.Tensor, moving: torch.Tensor) -> torch.Tensor:
        found: Prediction = self.first(fixed[None, None], moving[None, None])
        return found.u[0].to(fixed.dtype)
