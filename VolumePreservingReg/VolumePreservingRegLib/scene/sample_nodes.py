"""Put the phantom into the scene as the scans of a patient at two dates."""

from __future__ import annotations

from pathlib import Path

import slicer
from slicer.i18n import tr as _

TUMOR_RGB, ORGAN_RGB = (0.90, 0.30, 0.10), (0.35, 0.65, 0.90)


def add_phantom(files: dict[str, Path], scene) -> list:
    """Load scans, tumors and brains, under a subject with a study a date; return the nodes."""
    hierarchy = scene.GetSubjectHierarchyNode()
    subject = hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), _("Head phantom"))
    nodes = []
    for key, title in (("baseline", _("Phantom baseline")), ("follow_up", _("Phantom follow-up"))):
        study = hierarchy.CreateStudyItem(subject, title)
        scan = slicer.util.loadVolume(str(files[key]), {"name": title})
        segmentation = add_segmentation(
            scene,
            scan,
            {_("Tumor"): (files[f"{key}_tumor"], TUMOR_RGB)}
            | {_("Brain"): (files[f"{key}_organ"], ORGAN_RGB)},
        )
        hide_segment(segmentation, _("Brain"))
        for node in (scan, segmentation):
            item = hierarchy.GetItemByDataNode(node)
            if item:
                hierarchy.SetItemParent(item, study)
            else:
                hierarchy.CreateItem(study, node)
        nodes += [scan, segmentation]
    return nodes


def hide_segment(segmentation, title: str) -> None:
    """Draw a segment no more; it can still be chosen, and shown by its eye."""
    segment = segmentation.GetSegmentation().GetSegmentIdBySegmentName(title)
    segmentation.GetDisplayNode().SetSegmentVisibility(segment, False)


def add_segmentation(scene, scan, segments: dict):
    """Add a segmentation with one segment a file, named and coloured."""
    name = _("{name} segmentation").format(name=scan.GetName())
    node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", name)
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(scan)
    for title, (path, rgb) in segments.items():
        labels = slicer.util.loadVolume(str(path), {"labelmap": True, "show": False})
        slicer.modules.segmentations.logic().ImportLabelmapToSegmentationNode(labels, node)
        scene.RemoveNode(labels)
        segmentation = node.GetSegmentation()
        segment = segmentation.GetNthSegment(segmentation.GetNumberOfSegments() - 1)
        segment.SetName(title)
        segment.SetColor(*rgb)
    node.GetDisplayNode().SetVisibility2DFill(False)
    return node
