"""Put a result in the place of the one before it."""

from __future__ import annotations

from VolumePreservingRegLib.scene.remove_result import remove_result
from VolumePreservingRegLib.scene.roles import FIXED_ROLE, MOVING_ROLE, ResultNodes
from VolumePreservingRegLib.scene.stale import unmark_stale


def scans_of(nodes: ResultNodes) -> tuple:
    """Return the two scans that a result was made from."""
    some = nodes.nodes()[0]
    return some.GetNodeReference(FIXED_ROLE), some.GetNodeReference(MOVING_ROLE)


def replace_result(last: ResultNodes, nodes: ResultNodes) -> None:
    """Remove a result, and let another one have its names."""
    unmark_stale(last)
    names = {role: node.GetName() for role, node in last.items()}
    remove_result(last)
    for role, node in nodes.items():
        if role in names:
            node.SetName(names[role])
