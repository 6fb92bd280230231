"""Give the labels of a map a random brightness and texture."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.synthetic.randomness import Randomness


@dataclass(frozen=True)
class Contrast:
    """Brightness and strength of the texture of every label, in [0, 1]; and those of lesions."""

    brightness: torch.Tensor
    texture: torch.Tensor
    lesion: float
    core: float

    def paint(self, labels: torch.Tensor, texture: torch.Tensor) -> torch.Tensor:
        """Return the picture (K, J, I) of a label map."""
        index = labels.long()
        picture = self.brightness[index]
        return picture.addcmul_(self.texture[index], texture)


def draw_contrast(random: Randomness, labels: int) -> Contrast:
    """Draw one contrast for labels 0 to `labels`; outside (0) is mostly black."""
    brightness = [random.uniform(0.1, 0.9) for _ in range(labels + 1)]
    texture = [random.uniform(0.01, 0.08) for _ in range(labels + 1)]
    if random.chance(0.8):
        brightness[0] = texture[0] = 0.0
    return Contrast(
        torch.tensor(brightness, device=random.device),
        torch.tensor(texture, device=random.device),
        lesion=random.uniform(0.0, 1.0),
        core=random.uniform(0.0, 1.0),
    )
