"""The timeline in the parameter node, from which a reopened scene shows the same."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from VolumePreservingRegLib.timeline.options import LesionRule, TimelineOptions
from VolumePreservingRegLib.timeline.review import Review, Reviews, Verdict
from VolumePreservingRegLib.timeline.time_point import ALL_SEGMENTS, TimePoint

PARAMETER = "VolumePreservingReg.timeline"
ROLE = "VolumePreservingReg.timePoint."


class Store:
    """Reads and writes the timeline of one parameter node; nodes are kept as references."""

    def __init__(self, node: Any) -> None:
        """Use a parameter node of MRML."""
        self._node = node

    def points(self) -> list[TimePoint]:
        """Return the time points as listed; a node that was removed is None."""
        return [
            TimePoint(
                key=entry["key"],
                scan=self._node.GetNodeReference(f"{ROLE}{entry['key']}.scan"),
                segmentation=self._node.GetNodeReference(f"{ROLE}{entry['key']}.segmentation"),
                date=entry["date"],
                segmentID=entry.get("segment", ALL_SEGMENTS),
            )
            for entry in self._content().get("points", [])
        ]

    def setPoints(self, points: Sequence[TimePoint]) -> None:
        """Keep these time points in place of all others."""
        modifying = self._node.StartModify()
        for gone in {one.key for one in self.points()} - {one.key for one in points}:
            self._refer(gone, None, None)
        for point in points:
            self._refer(point.key, point.scan, point.segmentation)
        entries = [{"key": p.key, "date": p.date, "segment": p.segmentID} for p in points]
        self._change(points=entries)
        self._node.EndModify(modifying)

    def add(self, point: TimePoint) -> TimePoint:
        """Add a time point under a new key, and return it."""
        added = replace(point, key=uuid.uuid4().hex[:8])
        self.setPoints([*self.points(), added])
        return added

    def replace(self, point: TimePoint) -> None:
        """Keep a time point in place of the one of its key."""
        self.setPoints([point if one.key == point.key else one for one in self.points()])

    def remove(self, key: str) -> None:
        """Forget a time point; its nodes stay in the scene."""
        self.setPoints([one for one in self.points() if one.key != key])

    def options(self) -> TimelineOptions:
        """Return what was chosen."""
        found = self._content().get("options", {})
        rule = LesionRule(found.get("rule", LesionRule.AUTO.value))
        return TimelineOptions(**{**found, "rule": rule})

    def setOptions(self, options: TimelineOptions) -> None:
        """Keep what was chosen."""
        self._change(options={**asdict(options), "rule": options.rule.value})

    def reviews(self) -> Reviews:
        """Return what the reader said."""
        return {
            (entry["lesion"], entry["timePoint"]): Review(
                Verdict(entry["verdict"]), entry["comment"]
            )
            for entry in self._content().get("reviews", [])
        }

    def setReviews(self, reviews: Reviews) -> None:
        """Keep what the reader said."""
        entries = [
            {"lesion": at[0], "timePoint": at[1], "verdict": r.verdict.value, "comment": r.comment}
            for at, r in reviews.items()
            if r != Review()
        ]
        self._change(reviews=entries)

    def madeOf(self) -> list[str]:
        """Return the keys of the time points of the result, in the order of time."""
        return list(self._content().get("madeOf", []))

    def madeWith(self) -> str:
        """Return what the result was made with, to compare with what is chosen now."""
        return str(self._content().get("madeWith", ""))

    def setMade(self, keys: Sequence[str], madeWith: str) -> None:
        """Note what a new result was made of; nothing of it is outdated."""
        self._change(madeOf=list(keys), madeWith=madeWith, edited=[])

    def edited(self) -> list[str]:
        """Return the keys of the time points that were edited after the result was made."""
        return list(self._content().get("edited", []))

    def setEdited(self, keys: Sequence[str]) -> None:
        """Note which time points were edited."""
        if list(keys) != self.edited():
            self._change(edited=list(keys))

    def study(self) -> str:
        """Return what the work of this timeline is filed under, the same for ever."""
        found = self._content().get("study")
        if not found:
            found = uuid.uuid4().hex[:12]
            self._change(study=found)
        return str(found)

    def _refer(self, key: str, scan: Any, segmentation: Any) -> None:
        for name, node in (("scan", scan), ("segmentation", segmentation)):
            identifier = node.GetID() if node is not None else None
            self._node.SetNodeReferenceID(f"{ROLE}{key}.{name}", identifier)

    def _content(self) -> dict[str, Any]:
        text = self._node.GetParameter(PARAMETER)
        return json.loads(text) if text else {}

    def _change(self, **parts: Any) -> None:
        text = json.dumps({**self._content(), **parts}, sort_keys=True)
        if text != self._node.GetParameter(PARAMETER):
            self._node.SetParameter(PARAMETER, text)
