"""Networks that say what they are told, and pairs to compare them on."""

import torch
from torch import nn

from vpreg.fields.sampling import voxel_coordinates
from vpreg.fields.warp import warp
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.training.loss.guidance import Guidance
from vpreg.training.training_pair import TrainingPair

SHAPE = (7, 8, 9)


class Learned(FieldNetwork):
    """Its only parameter is the field; it keeps the third channel that it saw."""

    def __init__(self, u, *, mask_channel=True, **more):
        super().__init__(mask_channel=mask_channel)
        self.u = nn.Parameter(u.clone()[None])
        self.more = more
        self.seen = None

    def forward(self, fixed, moving, mask=None):
        self.seen = mask
        self.stack(fixed, moving, mask)
        return Prediction(u=self.u, smooth=(self.u,), **self.more)


def texture(shape=SHAPE, *, seed=3, smooth=1.0, dtype=torch.float64):
    made = torch.rand(shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)
    return gaussian_smooth(made, smooth) if smooth else made


def batched(x):
    return x[None, None]


def pair_of(fixed, moving, **more):
    return TrainingPair(("one", "two"), batched(fixed), batched(moving), **more)


def scaling(k, shape=SHAPE):
    """Return x -> c + k (x - c), whose determinant is k³ everywhere."""
    x = voxel_coordinates(shape, dtype=torch.float64)
    centre = torch.tensor([(n - 1) / 2 for n in shape], dtype=torch.float64).view(3, 1, 1, 1)
    return (k - 1) * (x - centre)


def wavy(shape=SHAPE, *, amplitude=0.4, seed=5, dtype=torch.float64):
    made = torch.randn((3, *shape), generator=torch.Generator().manual_seed(seed), dtype=dtype)
    return amplitude * torch.stack([gaussian_smooth(plane, 0.8) for plane in made])


def guidance_of(mask, organ=None):
    return Guidance(
        organ=batched(torch.ones_like(mask) if organ is None else organ), mask=batched(mask)
    )


def home_of(shape):
    return HomeGrid(tuple(shape), (2.0, 2.0, 2.0), "LPS")


def ball(shape, radius, centre=None, dtype=torch.float32):
    middle = [(n - 1) / 2 for n in shape] if centre is None else centre
    x = voxel_coordinates(shape, dtype=dtype)
    squared = sum((line - c) ** 2 for line, c in zip(x, middle, strict=True))
    return (squared <= radius**2).to(dtype)


def moved_pair(shape, *, seed=7):
    """Return a textured blob and the same blob pulled by a smooth field of some voxels."""
    n = min(shape)
    moving = ball(shape, 0.4 * n) * (0.5 + texture(shape, seed=seed, smooth=n / 12).float())
    moving = gaussian_smooth(moving, 0.7)
    noise = torch.randn((3, *shape), generator=torch.Generator().manual_seed(seed))
    u = torch.stack([gaussian_smooth(plane, n / 4) for plane in noise])
    u = u / u.abs().max() * n / 10
    return pair_of(warp(moving, u), moving)
