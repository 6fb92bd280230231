"""Put a result that was read and checked into the scene."""

from __future__ import annotations

from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.aligned_tumor import add_segments
from VolumePreservingRegLib.scene.display_jacobian import display_jacobian, to_log2
from VolumePreservingRegLib.scene.display_mask import display_folds, display_mask
from VolumePreservingRegLib.scene.display_scan import display_like
from VolumePreservingRegLib.scene.hierarchy import place_result
from VolumePreservingRegLib.scene.jacobian_volumes import note_organ_ratio
from VolumePreservingRegLib.scene.lesion_names import lesion_names
from VolumePreservingRegLib.scene.references import refer_to_inputs
from VolumePreservingRegLib.scene.roles import (
    FIXED_ROLE,
    FIXED_TUMOR_ROLE,
    FOLDER_ATTRIBUTE,
    MOVING_ROLE,
    MOVING_TUMOR_ROLE,
    ResultNodes,
)
from VolumePreservingRegLib.scene.summary_table import fill_summary_table
from VolumePreservingRegLib.scene.tumor_table import fill_tumor_table, lesions_of


def add_nodes(nodes: ResultNodes, read, sources, scene) -> None:
    """Add everything to the scene and note it in `nodes` as it comes."""
    names = node_names(sources.moving.GetName(), sources.fixed.GetName())
    for role, node in {**read.volumes, **read.transforms}.items():
        if role in ("jacobian", "similarityJacobian"):
            note_organ_ratio(node, read.organ_ratios.get(role))
            to_log2(node)
        add_as(nodes, role, node, names, scene)
    _display(nodes, sources)
    _add_tumor(nodes, read, names, scene)
    _add_tables(nodes, read, names, scene)
    inputs = {
        FIXED_ROLE: sources.fixed,
        MOVING_ROLE: sources.moving,
        FIXED_TUMOR_ROLE: sources.fixedTumor,
        MOVING_TUMOR_ROLE: sources.movingTumor,
    }
    refer_to_inputs(nodes, inputs)
    for node in nodes.nodes():
        node.SetAttribute(FOLDER_ATTRIBUTE, str(read.files.folder))
    place_result(nodes, fixed=sources.fixed, name=names["folder"])


def node_names(moving: str, fixed: str) -> dict[str, str]:
    """Return what the nodes of a result are called."""
    pair = {"moving": moving, "fixed": fixed}
    names = {
        "folder": _("Registration: {moving} to {fixed}"),
        "alignedVolume": _("{moving} aligned to {fixed}"),
        "transform": _("{moving} to {fixed}"),
        "similarityAligned": _("{moving} aligned to {fixed}, similarity-only"),
        "similarityTransform": _("{moving} to {fixed}, similarity-only"),
        "softMask": _("{moving} to {fixed}: soft tumor mask"),
        "softMaskMoving": _("{moving} to {fixed}: soft tumor mask at follow-up"),
        "jacobian": _("{moving} to {fixed}: size change, log2"),
        "similarityJacobian": _("{moving} to {fixed}, similarity-only: size change, log2"),
        "folds": _("{moving} to {fixed}: folds"),
        "alignedTumor": _("{moving} aligned to {fixed}: tumor"),
        "tumorTable": _("{moving} to {fixed}: tumor table"),
        "summaryTable": _("{moving} to {fixed}: summary"),
    }
    return {role: name.format(**pair) for role, name in names.items()}


def add_as(nodes: ResultNodes, role: str, node, names, scene):
    """Add a node under the name of its role, note it in `nodes`, and return it."""
    node.SetName(scene.GenerateUniqueName(names[role]))
    added = scene.AddNode(node)
    setattr(nodes, role, added)
    return added


def add_new_as(nodes: ResultNodes, role: str, class_name: str, names, scene):
    """Do so with a new, empty node."""
    node = scene.CreateNodeByClass(class_name)
    node.UnRegister(None)
    return add_as(nodes, role, node, names, scene)


def _display(nodes: ResultNodes, sources) -> None:
    for volume in (nodes.alignedVolume, nodes.similarityAligned):
        if volume is not None:
            display_like(volume, sources.moving)
    for volume in (nodes.jacobian, nodes.similarityJacobian):
        if volume is not None:
            display_jacobian(volume)
    for volume in (nodes.softMask, nodes.softMaskMoving):
        if volume is not None:
            display_mask(volume)
    if nodes.folds is not None:
        display_folds(nodes.folds)


def _add_tumor(nodes: ResultNodes, read, names, scene) -> None:
    if read.tumor is None:
        return
    node = add_new_as(nodes, "alignedTumor", "vtkMRMLSegmentationNode", names, scene)
    add_segments(node, read.carried, read.tumor, fixed=nodes.alignedVolume)


def _add_tables(nodes: ResultNodes, read, names, scene) -> None:
    content = read.files.content
    lesions = lesions_of(content)
    table = add_new_as(nodes, "tumorTable", "vtkMRMLTableNode", names, scene)
    fill_tumor_table(table, content, lesion_names(lesions, read.tumor))
    summary = add_new_as(nodes, "summaryTable", "vtkMRMLTableNode", names, scene)
    fill_summary_table(summary, content)
