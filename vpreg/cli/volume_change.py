"""The volume change of a transform file, in figures and as an image."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch

from vpreg.cli.fixed_grid import grid_for
from vpreg.fields.files import read_transform
from vpreg.fields.folds import count_folds
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.transforms import field_from_itk
from vpreg.images.image import Image
from vpreg.images.writing import write_image

# A fold has no logarithm: it is drawn as a shrinking a thousandfold, which no real tissue does.
SMALLEST_DETERMINANT = 1e-3


@dataclass(frozen=True)
class VolumeChange:
    """The Jacobian determinant on the fixed grid, and how many of its voxels fold."""

    determinant: Image
    folded_voxels: int

    def as_figures(self) -> dict[str, object]:
        """Return the figures; the spread is over voxels of positive determinant."""
        voxels = self.determinant.voxels
        low, high = torch.aminmax(voxels)
        return {
            "determinant_lowest": low.item(),
            "determinant_highest": high.item(),
            "determinant_mean": voxels.double().mean().item(),
            "log_determinant_sd": voxels[voxels > 0].double().log().std(correction=0).item(),
            "folded_voxels": self.folded_voxels,
            "folded_fraction": self.folded_voxels / voxels.numel(),
        }


def volume_change_of(path: Path, *, like: Path | None, device: torch.device) -> VolumeChange:
    """Sample a transform on the fixed grid and differentiate it there."""
    transform = read_transform(path)
    grid = grid_for(transform, like=like, name=path.name)
    # Counted in voxels of the fixed grid, the determinants are those of space itself.
    u = field_from_itk(transform, grid, device=device)
    return VolumeChange(Image(jacobian_determinant(u).cpu(), grid), count_folds(u))


def write_determinant(determinant: Image, path: Path, *, log: bool) -> None:
    """Write the determinant or its natural logarithm."""
    voxels = determinant.voxels
    shown = voxels.clamp(min=SMALLEST_DETERMINANT).log() if log else voxels
    write_image(determinant.with_voxels(shown), path)
