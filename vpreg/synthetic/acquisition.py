"""What a scanner does to a picture: bias field, blur, thick slices, noise."""

from __future__ import annotations

import torch

from vpreg.filters.banded import apply_along
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness


def bias_field(
    random: Randomness, shape: tuple[int, int, int], *, strength: float, bump_voxels: float
) -> torch.Tensor:
    """Draw a smooth positive factor (K, J, I) around 1; `strength` is the deviation of its log."""
    noise = smooth_noise(random, shape, spacing_voxels=bump_voxels / 3)[0]
    return noise.mul_(strength).exp_()


def add_rician_noise(picture: torch.Tensor, random: Randomness, *, sigma: float) -> torch.Tensor:
    """Return the magnitude of a complex picture with normal noise in both of its parts."""
    real = picture + sigma * random.normal(*picture.shape)
    return torch.hypot(real, sigma * random.normal(*picture.shape))


def add_noise(picture: torch.Tensor, random: Randomness, *, sigma: float) -> torch.Tensor:
    """Return the picture with normal noise."""
    return picture + sigma * random.normal(*picture.shape)


def thick_slices(
    picture: torch.Tensor, *, axis: int, every: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Average `every` planes along `axis` into one slice and interpolate between the slices.

    Returns the picture and the mask (K, J, I) of the planes at which a slice was acquired.
    """
    n = picture.shape[axis]
    centres = torch.arange(every // 2, n, every, dtype=torch.float32)
    at = torch.arange(n, dtype=torch.float32)
    average = ((at - centres[:, None]).abs() <= (every - 1) / 2 + 0.25).float()
    average /= average.sum(1, keepdim=True)
    spread = (1 - (at[:, None] - centres).abs() / every).clamp(min=0)
    # Beyond the first and the last slice the nearest one holds.
    spread /= spread.sum(1, keepdim=True).clamp(min=1e-6)
    matrix = (spread @ average).to(picture)
    acquired = torch.zeros_like(picture, dtype=torch.bool)
    acquired.index_fill_(axis, centres.long().to(picture.device), True)
    return apply_along(picture, matrix, axis), acquired


def blur(picture: torch.Tensor, *, sigma_voxels: float) -> torch.Tensor:
    """Smooth by the point spread of the scanner; zero leaves the picture as it is."""
    return gaussian_smooth(picture, sigma_voxels) if sigma_voxels > 0 else picture
