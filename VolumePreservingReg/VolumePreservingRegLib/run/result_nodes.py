"""Bring the result of a request into the scene."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from slicer.i18n import tr as _

from VolumePreservingRegLib.run.job_files import segment_ids
from VolumePreservingRegLib.run.request import Request


def result_to_nodes(folder: Path, request: Request) -> Any:
    """Return the nodes of a result; ValueError if a scan has been removed meanwhile."""
    from VolumePreservingRegLib.scene.load_result import load_result

    scene = request.fixed.GetScene()
    if scene is None or any(node.GetScene() is not scene for node in request.nodes):
        raise ValueError(_("an input of the job is no longer in the scene"))
    fixed_tumor, moving_tumor = request.fixedTumor, request.movingTumor
    return load_result(
        folder,
        fixed=request.fixed,
        moving=request.moving,
        fixedTumor=None if fixed_tumor is None else fixed_tumor.node,
        movingTumor=None if moving_tumor is None else moving_tumor.node,
        movingTumorSegmentIDs=() if moving_tumor is None else segment_ids(moving_tumor),
        scene=scene,
    )
