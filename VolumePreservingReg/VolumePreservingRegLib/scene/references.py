"""Which result belongs to which parameter node, and which inputs a result was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from VolumePreservingRegLib.scene.roles import (
    ACQUIRED_ROLE,
    EXCLUDED_ROLE,
    FIXED_LABELS_ROLE,
    FIXED_ROLE,
    FIXED_TUMOR_ROLE,
    MOVING_LABELS_ROLE,
    MOVING_ROLE,
    MOVING_TUMOR_ROLE,
    ROLE_ATTRIBUTE,
    ResultNodes,
)

PREFIX = "VolumePreservingReg.result."
INPUT_ROLES = (
    FIXED_ROLE,
    MOVING_ROLE,
    FIXED_TUMOR_ROLE,
    MOVING_TUMOR_ROLE,
    FIXED_LABELS_ROLE,
    MOVING_LABELS_ROLE,
    ACQUIRED_ROLE,
    EXCLUDED_ROLE,
)


def store(parameter_node, nodes: ResultNodes) -> None:
    """Let a parameter node refer to a result, in place of what it referred to."""
    forget(parameter_node)
    for role, node in nodes.items():
        parameter_node.SetNodeReferenceID(PREFIX + role, node.GetID())


def find(parameter_node) -> ResultNodes | None:
    """Return the result that a parameter node refers to, or None."""
    found = {
        field.name: parameter_node.GetNodeReference(PREFIX + field.name)
        for field in fields(ResultNodes)
    }
    return ResultNodes(**found) if any(node is not None for node in found.values()) else None


def forget(parameter_node) -> None:
    """Let a parameter node refer to no result."""
    for field in fields(ResultNodes):
        parameter_node.SetNodeReferenceID(PREFIX + field.name, None)


def refer_to_inputs(nodes: ResultNodes, inputs: Mapping[str, Any]) -> None:
    """Note on each node what it is and what, by role, it was made from; None is no input."""
    for role, node in nodes.items():
        node.SetAttribute(ROLE_ATTRIBUTE, role)
        for input_role, source in inputs.items():
            if source is not None:
                node.SetNodeReferenceID(input_role, source.GetID())


def inputs_of(nodes: ResultNodes) -> list:
    """Return the nodes that a result was made from, as far as they are still there."""
    every = [node.GetNodeReference(role) for node in nodes.nodes() for role in INPUT_ROLES]
    return list(dict.fromkeys(node for node in every if node is not None))
