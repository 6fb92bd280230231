"""How alike two images are, where both are in view."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.metrics.mutual_information import mutual_information_nats
from vpreg.metrics.ncc import global_ncc, mean_local_ncc_squared


@dataclass(frozen=True)
class ImageSimilarity:
    """Figures over the common field of view, a part of the fixed image."""

    common_view_fraction: float
    mutual_information_nats: float
    ncc: float
    mean_local_ncc_squared: float


def image_similarity(
    fixed: torch.Tensor, warped: torch.Tensor, *, in_view: torch.Tensor
) -> ImageSimilarity:
    """Compare two images on one grid inside a bool mask."""
    return ImageSimilarity(
        common_view_fraction=int(in_view.sum()) / in_view.numel(),
        mutual_information_nats=mutual_information_nats(fixed, warped, mask=in_view),
        ncc=global_ncc(fixed, warped, mask=in_view),
        mean_local_ncc_squared=mean_local_ncc_squared(fixed, warped, mask=in_view),
    )
