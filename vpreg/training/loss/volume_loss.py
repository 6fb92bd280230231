"""How much volume a field takes or gives inside the soft mask."""

from __future__ import annotations

import torch

from vpreg.regularity.stencils import DeterminantStencil
from vpreg.regularity.volume_preservation import VolumePreservation
from vpreg.regularity.volume_preservation_paper import VolumePreservationPaper
from vpreg.similarity.loss import as_loss
from vpreg.solvers.published_loss import hard_ratio
from vpreg.training.loss.loss_kinds import VolumeForm


def volume_loss(
    u: torch.Tensor, *, warped_mask: torch.Tensor, moving_organ: torch.Tensor, form: VolumeForm
) -> torch.Tensor:
    """Return the mean change of volume relative to the organ, weighted by the mask.

    `u` (3, K, J, I) is the aggregate field, which also warps the organ: both ratios are of one and
    the same map (T2, T3). The organ is counted in whole voxels and has no gradient (T20). The mask
    lies in fixed space (T4); where it is empty the loss is a zero with a gradient of zero (T21).
    """
    ratio = hard_ratio(moving_organ, u.detach())
    if form is VolumeForm.PAPER:
        return as_loss(VolumePreservationPaper(ratio, DeterminantStencil.BACKWARD))(u, warped_mask)
    return as_loss(VolumePreservation(ratio))(u, warped_mask)
