"""Overlap of labels, differentiable."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.utils.checkpoint import checkpoint

from vpreg.fields.warp import warp
from vpreg.metrics.label_counts import label_counts
from vpreg.training.loss.level_pair import Resize


def soft_dice_loss(
    fixed_labels: torch.Tensor,
    moving_labels: torch.Tensor,
    u: torch.Tensor,
    *,
    labels: Sequence[int] | None = None,
    resize: Resize | None = None,
    labels_at_once: int = 4,
) -> torch.Tensor:
    """Return one minus the mean soft Dice of the labels that both maps (K, J, I) have, but for 0.

    Each label is warped by itself as a mask, linearly (T23), a few at a time: what their gradient
    needs is computed again when it is their turn. `resize` brings masks (1, C, K, J, I) to the grid
    of the field. Without a common label the loss is a zero with a gradient of zero (T21).
    """
    common = common_labels(fixed_labels, moving_labels) if labels is None else list(labels)
    total = 0.0 * u.sum()
    for start in range(0, len(common), labels_at_once):
        chunk = torch.tensor(common[start : start + labels_at_once], device=u.device)
        overlap = checkpoint(
            _overlaps, u, fixed_labels, moving_labels, chunk, resize, use_reentrant=False
        )
        total = total + (1.0 - overlap).sum()
    return total / max(1, len(common))


def common_labels(first: torch.Tensor, second: torch.Tensor) -> list[int]:
    """Return the labels above 0 of both maps, sorted."""
    both = label_counts(first.long()).keys() & label_counts(second.long()).keys()
    return sorted(n for n in both if n > 0)


def _overlaps(
    u: torch.Tensor,
    fixed_labels: torch.Tensor,
    moving_labels: torch.Tensor,
    chunk: torch.Tensor,
    resize: Resize | None,
) -> torch.Tensor:
    fixed = _masks(fixed_labels, chunk, resize, like=u)
    warped = warp(_masks(moving_labels, chunk, resize, like=u), u)
    shared = (fixed * warped).sum((1, 2, 3))
    sizes = fixed.sum((1, 2, 3)) + warped.sum((1, 2, 3))
    return 2 * shared / sizes.clamp(min=1e-6)


def _masks(
    labels: torch.Tensor, chunk: torch.Tensor, resize: Resize | None, *, like: torch.Tensor
) -> torch.Tensor:
    masks = (labels[None] == chunk.view(-1, 1, 1, 1)).to(like.dtype)
    return masks if resize is None else resize(masks[None])[0]
