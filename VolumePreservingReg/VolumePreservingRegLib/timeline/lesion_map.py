"""Write the lesions of a time point as a label map, on the voxels on which they were drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.geometry import inverse_of, linear_to_world, world_from_ijk
from VolumePreservingRegLib.scene.segment_maps import segment_map
from VolumePreservingRegLib.timeline.time_point import TimePoint

TURNED = 1e-4
OFF_THE_VOXELS = 0.01


def write_lesion_map(point: TimePoint, path: Path) -> None:
    """Write a label a segment; an empty segmentation is a map of zeros.

    ValueError with a plain sentence where segments share voxels, which would count for one only.
    """
    grid = measuring_grid(point)
    labels = lesion_labels(point, grid)
    copy = slicer.vtkMRMLLabelMapVolumeNode()
    slicer.util.updateVolumeFromArray(copy, labels)
    copy.SetIJKToRASMatrix(world_from_ijk(grid))
    storage = slicer.vtkMRMLVolumeArchetypeStorageNode()
    storage.SetFileName(str(path))
    storage.SetUseCompression(False)  # the worker reads it once: time matters, not room
    if not storage.WriteData(copy):
        msg = _("Make room on the disk, or check the right to write: {path} was not written.")
        raise ValueError(msg.format(path=path))


def lesion_labels(point: TimePoint, grid: Any) -> np.ndarray:
    """Return the labels (K, J, I) on a grid, 1 for the first segment that counts and so on."""
    labels = np.zeros(tuple(reversed(grid.GetImageData().GetDimensions())), dtype=np.int16)
    segmentation = point.segmentation.GetSegmentation()
    for label, segment in enumerate(segments_of(point), start=1):
        try:
            there = segment_map(point.segmentation, grid, segment_ids=[segment]).labels > 0
        except ValueError:  # nothing of it lies there: no lesion
            continue
        if labels[there].any():
            msg = _("Give each voxel of {name} to one segment only: {segment} overlaps others.")
            name = segmentation.GetSegment(segment).GetName()
            raise ValueError(msg.format(name=point.segmentation.GetName(), segment=name))
        labels[there] = label
    return labels


def segments_of(point: TimePoint) -> list[str]:
    """Return the segments of a time point that are lesions."""
    if point.segmentID:
        return [point.segmentID]
    segmentation = point.segmentation.GetSegmentation()
    return [one for one in segmentation.GetSegmentIDs() if has_voxels(segmentation.GetSegment(one))]


def has_voxels(segment: Any) -> bool:
    """Say whether anything was drawn; a surface alone counts."""
    converter = slicer.vtkSegmentationConverter
    image = segment.GetRepresentation(converter.GetBinaryLabelmapRepresentationName())
    if image is None:
        return bool(segment.GetRepresentation(converter.GetClosedSurfaceRepresentationName()))
    return not image.IsEmpty()


def measuring_grid(point: TimePoint) -> Any:
    """Return the scan, or a volume with the voxels of a segmentation drawn on others.

    Volumes are counted in the voxels in which the lesions were drawn: nothing is resampled.
    """
    own = own_grid(point)
    return point.scan if own is None or is_part_of(own, point.scan) else own


def own_grid(point: TimePoint) -> Any | None:
    """Return a volume with the voxels of a segmentation; None where it has none."""
    node = point.segmentation
    segmentation, chosen = node.GetSegmentation(), vtk.vtkStringArray()
    for segment in segments_of(point):
        chosen.InsertNextValue(segment)
    name = slicer.vtkSegmentationConverter.GetBinaryLabelmapRepresentationName()
    if not chosen.GetNumberOfValues() or not segmentation.ContainsRepresentation(name):
        return None
    extent = slicer.vtkSegmentation.EXTENT_UNION_OF_EFFECTIVE_SEGMENTS
    text = segmentation.DetermineCommonLabelmapGeometry(extent, chosen)
    image = slicer.vtkOrientedImageData()
    if not text or not slicer.vtkSegmentationConverter.DeserializeImageGeometry(text, image, True):
        return None
    return _volume(image, linear_to_world(node))


def is_part_of(own: Any, scan: Any) -> bool:
    """Say whether all voxels of a volume are voxels of a scan."""
    matrix = vtk.vtkMatrix4x4()
    vtk.vtkMatrix4x4.Multiply4x4(inverse_of(world_from_ijk(scan)), world_from_ijk(own), matrix)
    between = slicer.util.arrayFromVTKMatrix(matrix)
    first = between[:3, 3]
    if np.abs(between[:3, :3] - np.eye(3)).max() > TURNED:
        return False
    if np.abs(first - np.rint(first)).max() > OFF_THE_VOXELS:
        return False
    last = np.rint(first) + own.GetImageData().GetDimensions()
    return bool((np.rint(first) >= 0).all() and (last <= scan.GetImageData().GetDimensions()).all())


def _volume(image: Any, to_world: Any) -> Any:
    """Return a volume that begins with index 0 where the extent of an image begins."""
    low = image.GetExtent()[::2]
    matrix, shift = vtk.vtkMatrix4x4(), vtk.vtkMatrix4x4()
    image.GetImageToWorldMatrix(matrix)
    for axis in range(3):
        shift.SetElement(axis, 3, low[axis])
    vtk.vtkMatrix4x4.Multiply4x4(matrix, shift, matrix)
    vtk.vtkMatrix4x4.Multiply4x4(to_world, matrix, matrix)
    volume = slicer.vtkMRMLLabelMapVolumeNode()
    empty = np.zeros(tuple(reversed(image.GetDimensions())), dtype=np.uint8)
    slicer.util.updateVolumeFromArray(volume, empty)
    volume.SetIJKToRASMatrix(matrix)
    return volume
