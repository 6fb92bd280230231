"""What it costs to move each cell of a coarse grid by each of a cube of whole steps."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.fields.sampling import Shape
from vpreg.filters.box import box_count, box_sum


@dataclass(frozen=True)
class CostVolume:
    """`cost` (D, K, J, I) of the D = (2 · reach + 1)³ steps, and the steps (D, 3) in cells."""

    cost: torch.Tensor
    steps: torch.Tensor

    @property
    def shape(self) -> Shape:
        """The grid of the cells."""
        k, j, i = self.cost.shape[1:]
        return (k, j, i)

    def cheapest(self, *, near: torch.Tensor | None = None, pull: float = 0.0) -> torch.Tensor:
        """Return the cheapest step of each cell (3, K, J, I), drawn towards a field `near`.

        The pull is times the squared distance to it, in cells.
        """
        cost = self.cost
        if near is not None:
            flat = near.flatten(1)
            distance = (
                self.steps.square().sum(1, keepdim=True)
                - 2.0 * (self.steps @ flat)
                + flat.square().sum(0)
            )
            cost = torch.add(cost, distance.view_as(cost), alpha=pull)
        chosen = self.steps[cost.argmin(0).flatten()]
        return chosen.T.reshape(3, *self.shape)


def cost_volume(fixed: torch.Tensor, moving: torch.Tensor, *, reach: int) -> CostVolume:
    """Compare descriptors (C, K, J, I) of both scans at all steps up to `reach` cells an axis.

    The cost is the sum of squared differences over the channels, averaged twice over 3³ cells.
    Beyond the border the last cell is repeated.
    """
    width = range(-reach, reach + 1)
    steps = torch.tensor([(k, j, i) for k in width for j in width for i in width])
    k, j, i = fixed.shape[1:]
    padded = torch.nn.functional.pad(moving[None], [reach] * 6, mode="replicate")[0]
    cost = fixed.new_empty((len(steps), k, j, i))
    for n, (a, b, c) in enumerate((steps + reach).tolist()):
        seen = padded[:, a : a + k, b : b + j, c : c + i]
        cost[n] = (fixed - seen).square_().sum(0)
    for _ in range(2):
        cost = mean_over_cells(cost)
    return CostVolume(cost, steps.to(fixed))


def mean_over_cells(x: torch.Tensor) -> torch.Tensor:
    """Return the mean over 3³ cells, of those that there are at the border."""
    count = box_count(x.shape[-3:], 1, dtype=x.dtype, device=x.device)
    return box_sum(x, 1).div_(count)
