"""The two ways to keep volume."""

from __future__ import annotations

from enum import Enum


class Method(Enum):
    """How stage 1 and stage 2 are solved, and what the mask between them is."""

    PROJECTED = "projected"
    """The engine's own: volume is projected out of every step, and lesions are exact."""
    PAPER = "paper"
    """The published losses, mask and weights (Dong et al., ICCV 2023), optimized for the pair."""
