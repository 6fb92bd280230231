"""Ordered pairs of scans."""

from __future__ import annotations

from collections.abc import Callable

import torch

from vpreg.training.data.data_settings import DataSettings
from vpreg.training.training_pair import PairSource


def open_scans(
    settings: DataSettings,
    *,
    device: torch.device | str = "cpu",
    rank: int = 0,
    ranks: int = 1,
    progress: Callable[[float], None] | None = None,
) -> PairSource:
    """Check and prepare all scans, and open their pairs; DataProblemsError names what is wrong."""
    raise NotImplementedError
