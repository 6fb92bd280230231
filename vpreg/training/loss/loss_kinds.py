"""The choices that a loss offers."""

from __future__ import annotations

from enum import Enum


class SimilarityKind(Enum):
    """How two images are compared; 0 is a perfect match, but for mutual information."""

    MEAN_SQUARES = "mean-squares"
    LOCAL_NCC = "local-ncc"
    GLOBAL_PEARSON = "global-pearson"
    """One correlation with weighted moments throughout."""
    PAPER_PEARSON = "paper-pearson"
    """One correlation of which the weight enters the covariance alone, as published (T17)."""
    MIND = "mind"
    MUTUAL_INFORMATION = "mutual-information"


class VolumeForm(Enum):
    """How a change of volume is penalised inside the soft mask."""

    LOGARITHM = "logarithm"
    """Smooth, 0 at best, with a slope for folds and beyond any bound (T14, T15)."""
    PAPER = "paper"
    """max(d, 1/d) of a bounded d, as published: 1 at best."""


class AcquiredUse(Enum):
    """What becomes of the acquired shares of sparse scans."""

    IGNORED = "ignored"
    SUPPORT = "support"
    """What exceeds a threshold counts, all alike (SparseVM's equation 3)."""
    SOFT = "soft"
    """Every voxel counts by its share."""
