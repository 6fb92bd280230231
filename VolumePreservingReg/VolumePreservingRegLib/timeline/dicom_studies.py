"""Time points from the studies of one patient in subject hierarchy."""

from __future__ import annotations

from typing import Any

import slicer
import vtk
from slicer.i18n import tr as _

from VolumePreservingRegLib.timeline.dates import date_of_scan
from VolumePreservingRegLib.timeline.time_point import TimePoint


def points_of_studies(scene: Any, *, like: list[Any]) -> list[TimePoint]:
    """Return a time point (without a key) for each study of the patient, the earliest first.

    The patient is the only one in the scene, or that of the scans in `like`. ValueError with a
    plain sentence where it is not known which patient is meant.
    """
    hierarchy = scene.GetSubjectHierarchyNode()
    studies = [item for item in _items(hierarchy) if _is(hierarchy, item, "Study")]
    patient = _patient(hierarchy, studies, like)
    found = [
        point
        for study in studies
        if _patient_of(hierarchy, study) == patient
        for point in [_point(hierarchy, study)]
        if point is not None
    ]
    return sorted(found, key=lambda point: point.date)


def _patient(hierarchy: Any, studies: list[int], like: list[Any]) -> int:
    chosen = {_patient_of(hierarchy, hierarchy.GetItemByDataNode(scan)) for scan in like}
    patients = chosen or {_patient_of(hierarchy, study) for study in studies}
    if not patients:
        raise ValueError(_("Load DICOM studies first, or add the time points one by one."))
    if len(patients) > 1:
        raise ValueError(
            _("Add one scan of the patient first: there are several patients in the scene.")
        )
    return patients.pop()


def _point(hierarchy: Any, study: int) -> TimePoint | None:
    scans = _nodes(hierarchy, study, "vtkMRMLScalarVolumeNode")
    scans = [scan for scan in scans if not scan.IsA("vtkMRMLLabelMapVolumeNode")]
    segmentations = _nodes(hierarchy, study, "vtkMRMLSegmentationNode")
    if not scans:
        return None
    segmentation = segmentations[0] if segmentations else None
    scan = _drawn_on(segmentation, scans) or scans[0]
    return TimePoint("", scan, segmentation, date_of_scan(scan))


def _drawn_on(segmentation: Any, scans: list[Any]) -> Any:
    """Return the scan on which a segmentation was drawn, if it is among these."""
    if segmentation is None:
        return None
    role = slicer.vtkMRMLSegmentationNode.GetReferenceImageGeometryReferenceRole()
    scan = segmentation.GetNodeReference(role)
    return scan if scan in scans else None


def _nodes(hierarchy: Any, item: int, class_name: str) -> list[Any]:
    found = vtk.vtkCollection()
    hierarchy.GetDataNodesInBranch(item, found, class_name)
    return [found.GetItemAsObject(n) for n in range(found.GetNumberOfItems())]


def _items(hierarchy: Any) -> list[int]:
    children = vtk.vtkIdList()
    hierarchy.GetItemChildren(hierarchy.GetSceneItemID(), children, True)
    return [children.GetId(n) for n in range(children.GetNumberOfIds())]


def _patient_of(hierarchy: Any, item: int) -> int:
    words = slicer.vtkMRMLSubjectHierarchyConstants
    return hierarchy.GetItemAncestorAtLevel(item, words.GetDICOMLevelPatient()) if item else 0


def _is(hierarchy: Any, item: int, level: str) -> bool:
    return hierarchy.IsItemLevel(item, level)
