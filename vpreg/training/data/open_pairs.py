"""Open the pairs that the settings tell of."""

from __future__ import annotations

from collections.abc import Callable

import torch

from vpreg.training.data.data_settings import DataSettings, DataSource
from vpreg.training.data.scan_pairs import open_scans
from vpreg.training.data.synthetic_pairs import open_synthetic
from vpreg.training.training_pair import PairSource


def open_pairs(
    settings: DataSettings,
    *,
    device: torch.device | str = "cpu",
    rank: int = 0,
    ranks: int = 1,
    progress: Callable[[float], None] | None = None,
) -> PairSource:
    """Open scans or the generator; pairs are made on the device.

    Process `rank` of `ranks` gets other pairs than the rest at the same step. DataProblemsError, a
    ValueError, names what is wrong with the scans.
    """
    if settings.source is DataSource.SYNTHETIC:
        return open_synthetic(settings, device=device, rank=rank, ranks=ranks)
    return open_scans(settings, device=device, rank=rank, ranks=ranks, progress=progress)
