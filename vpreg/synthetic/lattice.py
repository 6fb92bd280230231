"""A random function of position in millimetres, kept on a lattice."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn.functional import grid_sample

from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness


@dataclass(frozen=True)
class Lattice:
    """Values (C, K, J, I) centred on the position (0, 0, 0), `step_mm` apart."""

    values: torch.Tensor
    step_mm: float

    def at(self, position_mm: torch.Tensor) -> torch.Tensor:
        """Interpolate the values (C, ...) at positions (3, K, J, I); outside, the border holds."""
        sizes = self.values.shape[1:]
        half_mm = [(n - 1) / 2 * self.step_mm for n in sizes]
        # grid_sample takes the last array axis first, in units of half the lattice.
        unit = torch.stack([position_mm[a] / half_mm[a] for a in (2, 1, 0)], dim=-1)
        return grid_sample(
            self.values[None], unit[None], padding_mode="border", align_corners=True
        )[0]


def noise_lattice(
    random: Randomness,
    *,
    bump_mm: float,
    step_mm: float,
    half_extent_mm: tuple[float, float, float],
    channels: int = 1,
) -> Lattice:
    """Draw noise of deviation 1 with bumps of about `bump_mm` over a box around the centre."""
    k, j, i = (len(line) for line in _lines(half_extent_mm, step_mm))
    spacing = bump_mm / step_mm / 3
    values = smooth_noise(random, (k, j, i), spacing_voxels=spacing, channels=channels)
    return Lattice(values, step_mm)


def lattice_positions(
    half_extent_mm: tuple[float, float, float], step_mm: float, *, device: torch.device
) -> torch.Tensor:
    """Return the position (3, K, J, I) of every value of a lattice."""
    lines = [line.to(device) for line in _lines(half_extent_mm, step_mm)]
    return torch.stack(torch.meshgrid(*lines, indexing="ij"))


def _lines(half_extent_mm: tuple[float, float, float], step_mm: float) -> list[torch.Tensor]:
    counts = [round(h / step_mm) for h in half_extent_mm]
    return [step_mm * torch.arange(-n, n + 1, dtype=torch.float32) for n in counts]
