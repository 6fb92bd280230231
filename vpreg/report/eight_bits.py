"""Squeeze volumes into bytes that the page can read back."""

from __future__ import annotations

import numpy as np
import torch

# The page knows the same three numbers; volume changes beyond a factor of 4 look alike.
LOG2_ZERO = 128
LOG2_STEPS = 63.5
NOT_POSITIVE = 0


def grey_bytes(voxels: torch.Tensor, *, low: float, high: float) -> np.ndarray:
    """Return grey values with `low` as 0 and `high` as 255; what is not a number becomes 0."""
    scaled = (voxels.float() - low) / (high - low)
    return _bytes(scaled.nan_to_num(nan=0.0, posinf=1.0, neginf=0.0) * 255)


def weight_bytes(weights: torch.Tensor) -> np.ndarray:
    """Return weights from 0 to 1 as 0 to 255."""
    return _bytes(weights.float().nan_to_num(nan=0.0) * 255)


def log2_bytes(determinant: torch.Tensor) -> np.ndarray:
    """Return log2 of a determinant as 1 to 255, with 128 for 1, and 0 where it is not positive."""
    positive = determinant > 0
    log2 = torch.where(positive, determinant, torch.ones_like(determinant)).float().log2()
    coded = (LOG2_ZERO + log2 * LOG2_STEPS).round().clamp(NOT_POSITIVE + 1, 255)
    return _bytes(torch.where(positive, coded, torch.full_like(coded, NOT_POSITIVE)))


def _bytes(values: torch.Tensor) -> np.ndarray:
    whole: np.ndarray = values.round().clamp(0, 255).to(torch.uint8).cpu().numpy()
    return whole
