"""Tell separate lesions in one mask apart."""

from __future__ import annotations

from enum import Enum

import SimpleITK
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.itk import from_itk, to_itk


class Connectivity(Enum):
    """Which neighbours belong together: those that share a face, or a corner as well."""

    FACES_6 = "6"
    CORNERS_26 = "26"


class LesionIdentity(Enum):
    """What one lesion is: each connected piece of the tumor, or each label as given."""

    COMPONENTS = "components"
    LABELS = "labels"


def connected_components(
    mask: torch.Tensor,
    *,
    connectivity: Connectivity = Connectivity.CORNERS_26,
    minimum_voxels: int = 1,
) -> torch.Tensor:
    """Number the pieces of `mask` (K, J, I) from 1, the largest first, as int32.

    Pieces of fewer voxels than `minimum_voxels` become background.
    """
    grid = Grid((mask.shape[0], mask.shape[1], mask.shape[2]))
    source = to_itk(Image((mask != 0).to(torch.uint8), grid))
    corners = connectivity is Connectivity.CORNERS_26
    pieces = SimpleITK.ConnectedComponent(source, corners)
    ordered = SimpleITK.RelabelComponent(pieces, minimumObjectSize=max(1, minimum_voxels))
    return from_itk(ordered).voxels.to(device=mask.device, dtype=torch.int32)


def separate_lesions(tumor: torch.Tensor, identity: LesionIdentity) -> torch.Tensor:
    """Return a label a lesion, by pieces of the whole tumor or by the labels given (T29)."""
    if identity is LesionIdentity.COMPONENTS:
        return connected_components(tumor)
    return tumor.to(torch.int32)
