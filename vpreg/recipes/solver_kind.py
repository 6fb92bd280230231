"""What solves a pair."""

from __future__ import annotations

from enum import Enum


class SolverKind(Enum):
    """Where the field of a stage comes from."""

    PAIR = "pair"
    """Optimisation of the pair alone: no weights, no training."""
    NETWORK = "network"
    """A trained network, then some steps of the optimisation."""
