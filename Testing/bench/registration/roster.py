"""Who takes part, in the order of the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Peer:
    """A tool: the module whose `register` runs it, and what that takes beside the task."""

    title: str
    module: str
    package: str
    options: dict[str, Any] = field(default_factory=dict)
    ours: bool = False
    slow: bool = False
    """Left out by --quick."""
    needs_tumor: bool = False


AFFINE = "affine"
OURS_SIMILARITY, OURS_VOLUME, OURS_MASKED = "ours-similarity", "ours-volume", "ours-volume-masked"

PEERS = {
    "ants-syn": Peer("ANTs SyN, mutual information", "registration.peers.ants_syn", "antspyx"),
    "ants-syncc": Peer(
        "ANTs SyN, CC 40/20/0",
        "registration.peers.ants_syn",
        "antspyx",
        {"syn_metric": "CC", "syn_sampling": 4, "reg_iterations": (40, 20, 0)},
        slow=True,
    ),
    "greedy": Peer("greedy, NCC 4x4x4, 100/50/20", "registration.peers.greedy", "picsl_greedy"),
    "convexadam": Peer("convexAdam", "registration.peers.convex_adam", "convexAdam"),
    "demons": Peer("fast symmetric demons", "registration.peers.demons", "SimpleITK"),
    OURS_SIMILARITY: Peer(
        "ours, similarity only",
        "registration.peers.ours",
        "vpreg",
        {"recipe": "similarity"},
        ours=True,
    ),
    OURS_VOLUME: Peer(
        "ours, volume-preserving",
        "registration.peers.ours",
        "vpreg",
        {"recipe": "volume"},
        ours=True,
    ),
    OURS_MASKED: Peer(
        "ours, volume-preserving, tumor given",
        "registration.peers.ours",
        "vpreg",
        {"recipe": "volume", "give_tumor": True},
        ours=True,
        needs_tumor=True,
    ),
}


def title_of(method: str) -> str:
    """Return the name of a method in tables."""
    return "shared affine alone" if method == AFFINE else PEERS[method].title
