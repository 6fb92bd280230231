"""Mark a result that no longer goes with its inputs."""

from __future__ import annotations

from VolumePreservingRegLib.scene.roles import ResultNodes

STALE_ATTRIBUTE = "VolumePreservingReg.stale"
SUFFIX = " (outdated)"


def mark_stale(nodes: ResultNodes, reason: str) -> None:
    """Mark all nodes of a result, in their names and with the reason as their description."""
    for node in nodes.nodes():
        if node.GetScene() is None or is_node_stale(node):
            continue
        node.SetAttribute(STALE_ATTRIBUTE, reason)
        node.SetDescription(reason)
        node.SetName(node.GetName() + SUFFIX)


def unmark_stale(nodes: ResultNodes) -> None:
    """Take the marks off again, as when a setting is put back."""
    for node in nodes.nodes():
        if not is_node_stale(node):
            continue
        node.RemoveAttribute(STALE_ATTRIBUTE)
        node.SetDescription("")
        node.SetName(node.GetName().removesuffix(SUFFIX))


def is_stale(nodes: ResultNodes | None) -> bool:
    """Say whether a result is marked."""
    return nodes is not None and any(is_node_stale(node) for node in nodes.nodes())


def stale_reason(nodes: ResultNodes | None) -> str:
    """Return why a result is outdated, or nothing."""
    reasons = [node.GetAttribute(STALE_ATTRIBUTE) for node in nodes.nodes()] if nodes else []
    return next((reason for reason in reasons if reason), "")


def is_node_stale(node) -> bool:
    """Say whether a node is marked."""
    return bool(node.GetAttribute(STALE_ATTRIBUTE))
