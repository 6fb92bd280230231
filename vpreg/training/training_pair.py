"""What a training step learns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

import torch

from vpreg.networks.home_grid import HomeGrid


@dataclass(frozen=True)
class TrainingPair:
    """Two scans on the home grid of the network, and what is known about them.

    Every tensor is (1, 1, K, J, I). Images lie in [0, 1] times the grey value of one of the home
    grid. Labels are whole numbers, 0 for none; organ masks and the shares of each voxel that were
    acquired are in [0, 1]; tumors are label maps whose lesions correspond between the scans.
    """

    names: tuple[str, str]
    """Of the fixed and of the moving scan."""
    fixed: torch.Tensor
    moving: torch.Tensor
    fixed_labels: torch.Tensor | None = None
    moving_labels: torch.Tensor | None = None
    fixed_organ: torch.Tensor | None = None
    moving_organ: torch.Tensor | None = None
    fixed_acquired: torch.Tensor | None = None
    moving_acquired: torch.Tensor | None = None
    fixed_tumor: torch.Tensor | None = None
    moving_tumor: torch.Tensor | None = None

    def to(self, device: torch.device | str) -> TrainingPair:
        """Return the pair on another device."""
        tensors: dict[str, Any] = {
            f.name: value.to(device)
            for f in fields(self)
            if isinstance(value := getattr(self, f.name), torch.Tensor)
        }
        return replace(self, **tensors)


class PairSource(Protocol):
    """Where pairs come from, the same ones in every run."""

    home: HomeGrid
    labels: tuple[int, ...]
    """The labels that all scans have, without the background; empty without labels."""

    def pair(self, step: int) -> TrainingPair:
        """Return the pair of a step, which depends on step and seed alone: resuming needs that."""
        ...

    def validation_pairs(self) -> Sequence[TrainingPair]:
        """Return the pairs that are never trained on, not augmented, in a fixed order."""
        ...
