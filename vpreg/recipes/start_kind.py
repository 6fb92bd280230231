"""What stage 1 starts from."""

from __future__ import annotations

from enum import Enum


class StartKind(Enum):
    """The field that stage 1 improves upon."""

    AUTO = "auto"
    """Coupled convex for CT, whose organs slide and breathe; the affine for all else."""
    AFFINE = "affine"
    CONVEX = "coupled-convex"
