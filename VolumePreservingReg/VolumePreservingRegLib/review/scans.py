"""The scans, the result and the segmentations that a review is about."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

from VolumePreservingRegLib.review.words import Words, follow_up_words


@dataclass(frozen=True)
class Scans:
    """What is reviewed: ResultNodes of the scene, and nodes or None; no segment ID means all.

    `drawnOnBaseline` is a segmentation to tell from that of the tumor there, by thinner lines.
    """

    baseline: Any
    followUp: Any
    nodes: Any
    baselineTumor: Any = None
    followUpTumor: Any = None
    drawnOnBaseline: Any = None
    organ: Any = None
    organSegmentID: str = ""
    words: Words = field(default_factory=follow_up_words)

    @property
    def aligned(self):
        """Return the follow-up aligned with its volumes kept."""
        return self.nodes.alignedVolume

    @property
    def similarityAligned(self):
        """Return the follow-up aligned by similarity only, or None."""
        return self.nodes.similarityAligned

    def uses(self, node) -> bool:
        """Say whether a node is one of these."""
        return node in node_values(self) or node in node_values(self.nodes)

    def stands_without(self, node) -> bool:
        """Say whether there is still something to review when a node goes."""
        return node is not self.baseline and node is not self.aligned

    def without(self, node) -> Scans:
        """Return the same without a node."""
        return replace(emptied(self, node), nodes=emptied(self.nodes, node))


def node_values(record) -> list:
    """List what a record holds, without the empty fields."""
    values = [getattr(record, part.name) for part in fields(record)]
    return [value for value in values if value]


def emptied(record, node):
    """Return the record with None wherever it held the node."""
    gone = {part.name: None for part in fields(record) if getattr(record, part.name) is node}
    return replace(record, **gone) if gone else record
