"""How far a predicted distribution of velocities is from its prior (Dalca et al., 2018)."""

from __future__ import annotations

import torch

from vpreg.fields.sampling import Shape, shape_of


def prior_loss(
    mean: torch.Tensor, log_variance: torch.Tensor, *, prior_lambda: float
) -> torch.Tensor:
    """Return the divergence of methods §5.2 from (3, K, J, I) each, a mean over the voxels.

    The prior is that of a membrane of that stiffness: neighbours move alike.
    """
    shape = shape_of(mean)
    neighbours = _neighbour_count(shape, like=mean)
    uncertain = (prior_lambda * neighbours * log_variance.exp() - log_variance).mean()
    steps = torch.stack([mean.diff(dim=axis).square().mean() for axis in (1, 2, 3)])
    uneven = steps.sum() / 6
    return 1.5 * (uncertain + prior_lambda * uneven)


def _neighbour_count(shape: Shape, *, like: torch.Tensor) -> torch.Tensor:
    """Return how many of its six neighbours each voxel has in the image."""
    count = like.new_full(shape, 6.0)
    for axis, n in enumerate(shape):
        count.select(axis, 0).sub_(1)
        count.select(axis, n - 1).sub_(1)
    return count
