"""One seed, and every draw that follows from it."""

from __future__ import annotations

import torch


class Randomness:
    """Numbers drawn on the CPU and volumes drawn on a device, all from one seed.

    Single numbers come from the CPU, so that no draw waits for the device. The same seed gives the
    same volumes on the same kind of device; CPU and CUDA streams differ.
    """

    def __init__(self, seed: int, device: torch.device | str = "cpu") -> None:
        self.device = torch.device(device)
        self._numbers = torch.Generator().manual_seed(seed)
        self._volumes = torch.Generator(self.device).manual_seed(seed)

    def uniform(self, low: float, high: float) -> float:
        """Draw a number between two bounds."""
        return low + (high - low) * float(torch.rand((), generator=self._numbers))

    def log_uniform(self, low: float, high: float) -> float:
        """Draw a number whose logarithm is uniform: halving is as likely as doubling."""
        return float(low * (high / low) ** self.uniform(0.0, 1.0))

    def integer(self, low: int, high: int) -> int:
        """Draw a whole number, both bounds included."""
        return int(torch.randint(low, high + 1, (), generator=self._numbers))

    def chance(self, probability: float) -> bool:
        """Say yes with a probability."""
        return self.uniform(0.0, 1.0) < probability

    def normal(self, *shape: int) -> torch.Tensor:
        """Draw a float32 tensor of independent standard normal numbers on the device."""
        return torch.randn(*shape, generator=self._volumes, device=self.device)
