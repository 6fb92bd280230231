"""Segments as a label map on the voxels of a scan."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _
from vtk.util.numpy_support import vtk_to_numpy

from VolumePreservingRegLib.scene.geometry import linear_to_world, oriented_like


@dataclass
class SegmentMap:
    """Labels (K, J, I) on the grid of a scan, 1 for the first segment and so on; 0 is none.

    Where segments overlap the later one counts.
    """

    labels: np.ndarray
    names: dict[int, str] = field(default_factory=dict)
    segment_ids: dict[int, str] = field(default_factory=dict)


def segment_map(node, scan, *, segment_ids=None) -> SegmentMap:
    """Draw a segmentation (all segments, or those given) or a label map on the grid of a scan.

    ValueError with a plain sentence if nothing of it lies there.
    """
    if node.IsA("vtkMRMLLabelMapVolumeNode"):
        found = _from_label_volume(node, scan)
    else:
        found = _from_segmentation(node, scan, segment_ids or [])
    if not found.labels.any():
        msg = _("Choose another segmentation: nothing of {name} lies on {scan}.")
        raise ValueError(msg.format(name=node.GetName(), scan=scan.GetName()))
    return found


def _from_segmentation(node, scan, segment_ids) -> SegmentMap:
    segmentation = _with_voxels(node, scan)
    known = list(segmentation.GetSegmentIDs())
    missing = set(segment_ids) - set(known)
    if missing:
        msg = _("Choose the segment again: {name} has no segment {segment} any more.")
        raise ValueError(msg.format(name=node.GetName(), segment=sorted(missing)[0]))
    chosen = list(segment_ids) or known
    shape = tuple(reversed(scan.GetImageData().GetDimensions()))
    found = SegmentMap(np.zeros(shape, dtype=np.uint8 if len(chosen) < 256 else np.int16))
    # Segments that do not overlap share one label map: it is drawn once for all of them.
    drawn: dict = {}
    for label, segment_id in enumerate(chosen, start=1):
        segment = segmentation.GetSegment(segment_id)
        image = segment.GetRepresentation(_binary_labelmap())
        if image not in drawn:
            drawn[image] = _on_scan(image, scan, linear_to_world(node))
        found.labels[drawn[image] == segment.GetLabelValue()] = label
        found.names[label], found.segment_ids[label] = segment.GetName(), segment_id
    return found


def _from_label_volume(node, scan) -> SegmentMap:
    image = slicer.vtkOrientedImageData()
    image.ShallowCopy(node.GetImageData())
    matrix = vtk.vtkMatrix4x4()
    node.GetIJKToRASMatrix(matrix)
    image.SetGeometryFromImageToWorldMatrix(matrix)
    labels = _on_scan(image, scan, linear_to_world(node))
    values = [int(value) for value in np.unique(labels) if value]
    colours = node.GetDisplayNode().GetColorNode() if node.GetDisplayNode() else None
    names = {value: _colour_name(colours, value) for value in values}
    return SegmentMap(labels, names, dict.fromkeys(values, ""))


def _on_scan(image, scan, to_world):
    """Return the labels of an image at the voxels of a scan, each from its nearest."""
    transform = None  # an identity would cost ten times as much
    if not to_world.IsIdentity():
        transform = vtk.vtkTransform()
        transform.SetMatrix(to_world)
    placed = slicer.vtkOrientedImageData()
    slicer.vtkOrientedImageDataResample.ResampleOrientedImageToReferenceOrientedImage(
        image, oriented_like(scan), placed, False, False, transform
    )
    values = vtk_to_numpy(placed.GetPointData().GetScalars())
    return values.reshape(tuple(reversed(placed.GetDimensions()))).copy()


def _with_voxels(node, scan):
    """Return the segmentation with binary label maps; that of the node itself stays as it is."""
    segmentation = node.GetSegmentation()
    if segmentation.ContainsRepresentation(_binary_labelmap()):
        return segmentation
    copy = slicer.vtkSegmentation()
    copy.DeepCopy(segmentation)
    converter = slicer.vtkSegmentationConverter
    copy.SetConversionParameter(
        converter.GetReferenceImageGeometryParameterName(),
        converter.SerializeImageGeometry(oriented_like(scan)),
    )
    copy.CreateRepresentation(_binary_labelmap())
    return copy


def _binary_labelmap() -> str:
    return slicer.vtkSegmentationConverter.GetSegmentationBinaryLabelmapRepresentationName()


def _colour_name(colours, value: int) -> str:
    name = colours.GetColorName(value) if colours is not None else None
    return name or f"Label {value}"
