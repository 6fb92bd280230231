"""Nodes become the files that a job reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.geometry import world_from_ijk
from VolumePreservingRegLib.scene.segment_maps import SegmentMap, segment_map


@dataclass(frozen=True)
class LabelFile:
    """A label map on the grid of its scan, and the segment that each label stands for."""

    path: Path
    names: dict[int, str] = field(default_factory=dict)
    segment_ids: dict[int, str] = field(default_factory=dict)


def export_volume(volume, path: Path) -> Path:
    """Write a scan as .nrrd with its place in the world; the node stays as it is.

    Linear transforms become part of the geometry. ValueError with a plain sentence where the scan
    is empty, has colours or several values a voxel, or lies under a transform that bends it.
    """
    image = volume.GetImageData()
    if image is None or not image.GetNumberOfPoints():
        msg = _("Choose another scan: {name} holds no voxels.").format(name=volume.GetName())
        raise ValueError(msg)
    if image.GetNumberOfScalarComponents() != 1:
        msg = _("Choose a scan with one value a voxel: {name} has several, like a photograph.")
        raise ValueError(msg.format(name=volume.GetName()))
    return _write(image, world_from_ijk(volume), path, like=slicer.vtkMRMLScalarVolumeNode())


def export_segments(node, scan, path: Path, *, segment_ids: Sequence[str] = ()) -> LabelFile:
    """Write segments as one label map on the voxels of a scan, a label a segment.

    All segments unless some are given. ValueError with a plain sentence where nothing of them lies
    on the scan.
    """
    return write_labels(segment_map(node, scan, segment_ids=list(segment_ids)), scan, path)


def write_labels(found: SegmentMap, scan, path: Path) -> LabelFile:
    """Write the labels that were drawn on the voxels of a scan."""
    copy = slicer.vtkMRMLLabelMapVolumeNode()
    slicer.util.updateVolumeFromArray(copy, np.ascontiguousarray(found.labels))
    _write(copy.GetImageData(), world_from_ijk(scan), path, like=copy)
    return LabelFile(path, found.names, found.segment_ids)


def export_organ(node, scan, path: Path, *, segment_id: str) -> LabelFile:
    """Write one segment, or all of them taken together, as a mask on the voxels of a scan."""
    return export_segments(node, scan, path, segment_ids=[segment_id] if segment_id else [])


def _write(image, ijk_to_world, path: Path, *, like) -> Path:
    like.SetAndObserveImageData(image)
    like.SetIJKToRASMatrix(ijk_to_world)
    storage = slicer.vtkMRMLVolumeArchetypeStorageNode()
    storage.SetFileName(str(path))
    storage.SetUseCompression(False)  # the worker reads it once: time matters, not room
    if not storage.WriteData(like):
        msg = _("Make room on the disk, or check the right to write: {path} was not written.")
        raise ValueError(msg.format(path=path))
    return path
