"""The networks that take part, in the order of the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import torch

from vpreg.networks.architectures import Architecture, build_network


@dataclass(frozen=True)
class Entrant:
    """A network; `choices` are its own, `learning_rate` one that gets somewhere in few steps.

    Some compute faster with their channels last, on a CPU as well.
    """

    title: str
    architecture: Architecture
    learning_rate: float
    choices: dict[str, Any] = field(default_factory=dict)
    channels_last: bool = False

    @property
    def divisor(self) -> int:
        """What every edge of its grid must be a multiple of."""
        with torch.device("meta"):
            return build_network(self.architecture, self.choices | {"mask_channel": True}).divisor


ENTRANTS = {
    "voxelmorph": Entrant("VoxelMorph-1", Architecture.VOXELMORPH_1, 1e-3, channels_last=True),
    "vtn": Entrant("VTN, 3 cascades", Architecture.VTN, 2e-4, {"cascades": 3}),
    "lapirn": Entrant(
        "LapIRN, displacement", Architecture.LAPIRN_DISPLACEMENT, 1e-3, channels_last=True
    ),
    "transmorph": Entrant("TransMorph", Architecture.TRANSMORPH, 2e-4),
}
