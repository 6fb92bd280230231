"""The network in front of a cascade that makes an affine map (methods §2.6)."""

from __future__ import annotations

import itertools

import torch
import torch.nn.functional as functional
from torch import nn

from vpreg.fields.sampling import Shape, axis_coordinates
from vpreg.networks.vtn_subnetwork import VTNEncoder, activate

COARSEST = 2
DROPOUT = 0.5
HIDDEN = (2048, 1024, 256)


class AffineStem(nn.Module):
    """The six strides of the volume tweening network, and a head of four layers."""

    def __init__(self, inputs: int, *, width: int = 16) -> None:
        super().__init__()
        self.encoder = VTNEncoder(inputs, width=width)
        # Wide for the published width of 16; a narrower stem has a narrower head.
        hidden = [max(8, n * width // 16) for n in HIDDEN]
        sizes = [self.encoder.widths[-1] * COARSEST**3, *hidden]
        layers: list[nn.Module] = []
        for n, m in itertools.pairwise(sizes):
            layers += [nn.Linear(n, m), nn.ReLU(), nn.Dropout(DROPOUT)]
        self.hidden = nn.Sequential(*layers)
        self.last = nn.Linear(sizes[-1], 12)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return (B, 3, 4): A - I and the shift in unit coordinates, rows in axis order."""
        coarsest = self.encoder(x)[-1]
        # At 128 voxels this is no pooling at all; other shapes get a head of the same size.
        pooled = functional.adaptive_avg_pool3d(coarsest, COARSEST).flatten(1)
        parameters: torch.Tensor = self.last(activate(self.hidden(pooled)))
        return parameters.view(-1, 3, 4)


def affine_field(parameters: torch.Tensor, shape: Shape) -> torch.Tensor:
    """Return the field (B, 3, K, J, I) in voxels of an affine map (B, 3, 4) in unit coordinates.

    Units run from -1 to 1 between the outer faces, half of N voxels each.
    """
    lines = axis_coordinates(shape, device=parameters.device, dtype=parameters.dtype)
    units = [(2 * line + 1) / n - 1 for line, n in zip(lines, shape, strict=True)]
    fields = []
    for matrix in parameters:
        rows = [
            sum((matrix[c, a] * units[a] for a in range(3)), start=matrix[c, 3]) * (n / 2)
            for c, n in enumerate(shape)
        ]
        fields.append(torch.stack([row.expand(shape) for row in rows]))
    return torch.stack(fields)
