"""Draw a label map of a made-up body: an organ and what surrounds it, cut up by noise."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.fields.sampling import axis_coordinates
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness

Shape = tuple[int, int, int]
CUTS = 3
LABELS = 2 * 2**CUTS


@dataclass(frozen=True)
class ShapeMap:
    """Labels (K, J, I): 0 outside, 1…8 in the organ, 9…16 around it; `depth` in the organ, voxels.

    `depth` is an estimate, positive inside. `texture` has deviation 1 and belongs to the tissue.
    """

    labels: torch.Tensor
    depth: torch.Tensor
    texture: torch.Tensor


def draw_shape_map(random: Randomness, shape: Shape) -> ShapeMap:
    """Draw one body."""
    lobes = smooth_noise(random, shape, spacing_voxels=min(shape) / 5)[0]
    body = _blob_depth(random, lobes, shares=(0.42, 0.5), shift=0.03)
    organ = _blob_depth(random, lobes.flip(0), shares=(0.28, 0.4), shift=0.06)
    regions = torch.zeros(shape, dtype=torch.int32, device=random.device)
    for cut in range(CUTS):
        # Coarse cuts make lobes, fine ones vessels and folds.
        noise = smooth_noise(random, shape, spacing_voxels=random.log_uniform(4.5, 14.0))[0]
        regions += (noise > random.uniform(-0.4, 1.2)).int() << cut
    labels = regions + 1 + 2**CUTS * (organ <= 0).int()
    labels *= (torch.maximum(body, organ) > 0).int()
    return ShapeMap(labels, organ, _texture(random, shape))


def _blob_depth(
    random: Randomness, lobes: torch.Tensor, *, shares: tuple[float, float], shift: float
) -> torch.Tensor:
    n = (lobes.shape[0], lobes.shape[1], lobes.shape[2])
    level = torch.zeros_like(lobes)
    radii = [random.uniform(*shares) * size for size in n]
    for line, size, radius in zip(axis_coordinates(n, device=lobes.device), n, radii, strict=True):
        middle = (size - 1) / 2 + random.uniform(-shift, shift) * size
        level = level + ((line - middle) / radius) ** 2
    level = level.sqrt_() * (1 + 0.08 * lobes)
    return (1 - level).mul_(min(radii))


def _texture(random: Randomness, shape: Shape) -> torch.Tensor:
    fine = smooth_noise(random, shape, spacing_voxels=1.6)[0]
    return fine.mul_(0.7).add_(smooth_noise(random, shape, spacing_voxels=4.0)[0], alpha=0.7)
