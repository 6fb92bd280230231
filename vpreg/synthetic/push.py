"""Mass effect: a growing lesion pushes the tissue around it outwards, in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.synthetic.shapes import length

_TABLE = 2048


@dataclass(frozen=True)
class Push:
    """A radial pull map q(x) = c + (x - c)(1 + a w(r)) with w = (1 - (r / S)^2)^3 inside S.

    Tissue seen at x lay at q(x) before the lesion pushed it, so `a` is in (-1, 0]: the oracle O2
    with a window of bounded support. det = (1 + a w)^2 (1 + a (1 - t)^2 (1 - 7t)), t = (r / S)^2,
    which is positive for every `a` above -1. `centre`, `support` and positions share one unit.
    """

    centre: tuple[float, float, float]
    support: float
    a: float

    def pull(self, position: torch.Tensor) -> torch.Tensor:
        """Return where the tissue at each position (3, ...) lay before the push."""
        offset, r = self._offset(position)
        window = (1 - (r / self.support) ** 2).clamp_(min=0) ** 3
        return position + offset * (self.a * window)

    def push(self, position: torch.Tensor) -> torch.Tensor:
        """Return where the tissue of each position (3, ...) goes: the inverse of `pull`."""
        offset, r = self._offset(position)
        radii = torch.linspace(0, self.support, _TABLE, dtype=torch.float64)
        before = radii * (1 + self.a * (1 - (radii / self.support) ** 2) ** 3)
        scale = (radii[1:] / before[1:]).to(r)
        scale = torch.cat([scale[:1], scale])
        # The ratio of both radii is smooth in the radius before, and 1 from the support outwards.
        before = before.to(r)
        after = torch.searchsorted(before, r.contiguous()).clamp_(1, _TABLE - 1)
        low, high = before[after - 1], before[after]
        share = ((r - low) / (high - low)).clamp_(0, 1)
        ratio = torch.lerp(scale[after - 1], scale[after], share)
        return position + offset * (ratio - 1)

    def _offset(self, position: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        centre = torch.tensor(self.centre, dtype=position.dtype, device=position.device)
        offset = position - centre.view(3, *[1] * (position.ndim - 1))
        return offset, length(offset)


def push_of_lesion(
    centre: tuple[float, float, float], *, radius: float, strength: float, support: float
) -> Push:
    """Build the push of a lesion that displaces a share `strength` (0 to 0.9) of its volume.

    The tissue now at `radius` comes from the radius of a sphere (1 - strength) times as large; the
    rest of the lesion replaces tissue.
    """
    if not 0 <= strength <= 0.9:
        msg = f"Give a mass effect from 0 (replaces tissue) to 0.9: {strength} is outside."
        raise ValueError(msg)
    if radius <= 0 or strength == 0:
        return Push(centre, max(support, 1e-3), 0.0)
    window = max(0.0, 1 - (radius / support) ** 2) ** 3
    wanted = (1 - strength) ** (1 / 3) - 1
    # In a tight support the push weakens rather than folds.
    return Push(centre, support, max(wanted / max(window, 0.05), -0.9))
