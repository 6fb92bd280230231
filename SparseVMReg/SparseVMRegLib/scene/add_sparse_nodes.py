"""Put the result of a sparse registration, read and checked, into the scene."""

from __future__ import annotations

from slicer.i18n import tr as _
from VolumePreservingRegLib.scene.add_nodes import add_as, add_new_as
from VolumePreservingRegLib.scene.display_scan import display_like
from VolumePreservingRegLib.scene.hierarchy import place_result
from VolumePreservingRegLib.scene.references import refer_to_inputs
from VolumePreservingRegLib.scene.roles import (
    ACQUIRED_ROLE,
    EXCLUDED_ROLE,
    FIXED_LABELS_ROLE,
    FIXED_ROLE,
    FOLDER_ATTRIBUTE,
    MOVING_LABELS_ROLE,
    MOVING_ROLE,
    ResultNodes,
)

from SparseVMRegLib.scene.carried_segmentation import fill_carried
from SparseVMRegLib.scene.display_confidence import display_confidence
from SparseVMRegLib.scene.sparse_summary import fill_sparse_summary
from SparseVMRegLib.scene.structure_table import fill_structure_table


def add_sparse_nodes(nodes: ResultNodes, read, sources, scene) -> None:
    """Add everything to the scene and note it in `nodes` as it comes."""
    names = node_names(sources)
    for role, node in {**read.volumes, **read.transforms}.items():
        add_as(nodes, role, node, names, scene)
    display_like(nodes.alignedVolume, sources.atlas)
    display_confidence(nodes.confidence)
    if read.labels is not None:
        _add_structures(nodes, read, names, scene)
    summary = add_new_as(nodes, "summaryTable", "vtkMRMLTableNode", names, scene)
    fill_sparse_summary(summary, read.content)
    refer_to_inputs(nodes, inputs_by_role(sources))
    for node in nodes.nodes():
        node.SetAttribute(FOLDER_ATTRIBUTE, str(read.folder))
    place_result(nodes, fixed=sources.scan, name=names["folder"])


def inputs_by_role(sources) -> dict:
    """Return the inputs by the names under which the nodes of a result refer to them."""
    return {
        FIXED_ROLE: sources.scan,
        MOVING_ROLE: sources.atlas,
        ACQUIRED_ROLE: sources.acquiredMask,
        MOVING_LABELS_ROLE: sources.atlasSegmentation,
        FIXED_LABELS_ROLE: sources.scanSegmentation,
        EXCLUDED_ROLE: sources.excluded,
    }


def node_names(sources) -> dict[str, str]:
    """Return what the nodes of a result are called."""
    labels = sources.atlasSegmentation
    words = {
        "atlas": sources.atlas.GetName(),
        "scan": sources.scan.GetName(),
        "labels": labels.GetName() if labels is not None else "",
    }
    names = {
        "folder": _("Sparse registration: {atlas} to {scan}"),
        "alignedVolume": _("{atlas} aligned to {scan}"),
        "confidence": _("{atlas} to {scan}: where it was measured"),
        "transform": _("{atlas} to {scan}"),
        "inverseTransform": _("{scan} to {atlas}"),
        "carriedSegmentation": _("{labels} carried to {scan}"),
        "structureTable": _("{atlas} to {scan}: structures"),
        "summaryTable": _("{atlas} to {scan}: summary"),
    }
    return {role: name.format(**words) for role, name in names.items()}


def _add_structures(nodes: ResultNodes, read, names, scene) -> None:
    node = add_new_as(nodes, "carriedSegmentation", "vtkMRMLSegmentationNode", names, scene)
    fill_carried(node, read.labels, read.structures, reference=nodes.alignedVolume)
    table = add_new_as(nodes, "structureTable", "vtkMRMLTableNode", names, scene)
    fill_structure_table(table, read.content["figures"]["structures"], read.structures)
