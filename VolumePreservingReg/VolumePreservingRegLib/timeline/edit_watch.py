"""Notice that the scan or the segmentation of a time point is edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import slicer
import vtk

from VolumePreservingRegLib.scene.stale_observer import state_of
from VolumePreservingRegLib.timeline.time_point import TimePoint


class EditWatch:
    """Calls `edited(key)` when the voxels, segments or place of a time point change.

    Names, colours and display do not matter.
    """

    def __init__(self, edited: Callable[[str], None]) -> None:
        """Watch nothing yet."""
        self._edited = edited
        self._tags: list[tuple[Any, int]] = []
        self._watched: list[tuple[str, Any, Any]] = []

    def follow(self, points: Sequence[TimePoint]) -> None:
        """Watch these time points; the same ones go on being watched as before."""
        watched = [(one.key, one.scan, one.segmentation) for one in points]
        if watched == self._watched:
            return
        self.stop()
        self._watched = watched
        for key, *nodes in watched:
            for node in nodes:
                if node is not None:
                    self._observe(key, node)

    def stop(self) -> None:
        """Watch nothing any more; a second call does nothing."""
        for source, tag in self._tags:
            source.RemoveObserver(tag)
        self._tags, self._watched = [], []

    def _observe(self, key: str, node: Any) -> None:
        state = [state_of(node)]

        def looked_at(_source: Any, _event: Any) -> None:
            now = state_of(node)
            if now != state[0]:
                state[0] = now
                self._edited(key)

        def drawn(_source: Any, _event: Any) -> None:
            self._edited(key)

        events = [
            vtk.vtkCommand.ModifiedEvent,
            slicer.vtkMRMLTransformableNode.TransformModifiedEvent,
        ]
        if node.IsA("vtkMRMLVolumeNode"):
            events.append(slicer.vtkMRMLVolumeNode.ImageDataModifiedEvent)
        for event in events:
            self._tags.append((node, node.AddObserver(event, looked_at)))
        if node.IsA("vtkMRMLSegmentationNode"):
            kinds, segments = slicer.vtkSegmentation, node.GetSegmentation()
            for event in (
                kinds.SourceRepresentationModified,
                kinds.SegmentAdded,
                kinds.SegmentRemoved,
            ):
                self._tags.append((segments, segments.AddObserver(event, drawn)))


def outdated_times(madeOf: Sequence[str], edited: Sequence[str]) -> int:
    """Return the first time (place in `madeOf`) that is outdated, or how many there are.

    Names and changes of a time point rest on all time points before it.
    """
    times = [time for time, key in enumerate(madeOf) if key in edited]
    return min(times, default=len(madeOf))
