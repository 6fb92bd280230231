"""The nodes of a timeline's result, and how the parameter node refers to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

PREFIX = "VolumePreservingReg.timeline."
SINGLE = ("table", "plotTable", "chart", "figures", "csv")
SEVERAL = ("series", "lesions", "scans")


@dataclass
class TimelineNodes:
    """`lesions` has a segmentation a time point, `scans` an aligned scan each but the first.

    All of these lie in the space of the baseline scan, which is an input and not among them.
    """

    table: Any = None
    plotTable: Any = None
    chart: Any = None
    figures: Any = None
    csv: Any = None
    series: list[Any] = field(default_factory=list)
    lesions: list[Any] = field(default_factory=list)
    scans: list[Any] = field(default_factory=list)

    def nodes(self) -> list[Any]:
        """Return all nodes, those that others refer to last."""
        return [
            *(node for node in (self.chart,) if node is not None),
            *self.series,
            *(node for node in (self.table, self.plotTable, self.figures, self.csv) if node),
            *self.lesions,
            *self.scans,
        ]


def store(parameter_node: Any, nodes: TimelineNodes | None) -> None:
    """Let a parameter node refer to a result, or to none."""
    modifying = parameter_node.StartModify()
    for name in SINGLE:
        node = getattr(nodes, name) if nodes else None
        parameter_node.SetNodeReferenceID(PREFIX + name, node.GetID() if node else None)
    for name in SEVERAL:
        parameter_node.RemoveNodeReferenceIDs(PREFIX + name)
        for node in getattr(nodes, name) if nodes else []:
            parameter_node.AddNodeReferenceID(PREFIX + name, node.GetID())
    parameter_node.EndModify(modifying)


def find(parameter_node: Any) -> TimelineNodes | None:
    """Return the result that a parameter node refers to; None where a part was removed."""
    found = TimelineNodes(**{n: parameter_node.GetNodeReference(PREFIX + n) for n in SINGLE})
    for name in SEVERAL:
        role = PREFIX + name
        count = parameter_node.GetNumberOfNodeReferences(role)
        setattr(found, name, [parameter_node.GetNthNodeReference(role, n) for n in range(count)])
    if any(getattr(found, name) is None for name in SINGLE):
        return None
    return None if None in [*found.lesions, *found.scans] else found
