"""What the first stage tells the second one about a pair."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.networks.network import Network


@dataclass(frozen=True)
class Guidance:
    """The organ and the soft mask of the moving scan, (1, 1, K, J, I), 0 to 1 each."""

    organ: torch.Tensor
    mask: torch.Tensor

    def channel(self, volume_share: float = 1.0) -> torch.Tensor:
        """Return the third input: 0 outside the organ, 1 in it, up to 2 where volume is kept.

        A conditional network reads off it how much volume counts: `volume_share`, 0 to 1, scales
        the mask in it. `NetworkSolver(volume_share=...)` does the same with a trained one.
        """
        return self.organ + volume_share * self.mask


def third_input(
    network: Network, guidance: Guidance | None, *, volume_share: float
) -> torch.Tensor | None:
    """Return what a network sees beside both scans; None if it sees no more or none is known."""
    if guidance is None or not network.mask_channel:
        return None
    return guidance.channel(volume_share)
