"""The two kinds of jobs: to look for the slices, and to register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from slicer.i18n import tr as _
from VolumePreservingRegLib.run.registration import Way

from SparseVMRegLib.run.job_files import write_sparse_job
from SparseVMRegLib.run.request import SparseRequest
from SparseVMRegLib.run.structures import read_structures
from SparseVMRegLib.scene.load_slices import load_slices
from SparseVMRegLib.scene.load_sparse_result import SparseSources, load_sparse_result


def result_to_nodes(folder: Path, request: SparseRequest) -> Any:
    """Return the nodes of a result; ValueError if an input has been removed meanwhile."""
    _check_inputs(request)
    sources = SparseSources(
        scan=request.fixed,
        atlas=request.moving,
        acquiredMask=request.acquiredMask,
        atlasSegmentation=request.atlasSegmentation,
        scanSegmentation=request.scanSegmentation,
        excluded=request.excluded,
    )
    return load_sparse_result(folder, sources, structures=read_structures(folder.parent))


def slices_to_nodes(folder: Path, request: SparseRequest) -> Any:
    """Return what was found of the slices; ValueError if the scan has been removed meanwhile."""
    _check_inputs(request)
    return load_slices(folder, scan=request.fixed)


def _check_inputs(request: SparseRequest) -> None:
    scene = request.fixed.GetScene()
    if scene is None or any(node.GetScene() is not scene for node in request.nodes):
        raise ValueError(_("an input of the job is no longer in the scene"))


REGISTER = Way(write_sparse_job, result_to_nodes)
LOOK_FOR_SLICES = Way(write_sparse_job, slices_to_nodes, program="vpreg.worker.slices")
