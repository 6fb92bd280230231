"""Write what the worker reads: the scans, the label maps and the job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from VolumePreservingRegLib.engine_location import make_engine_importable
from VolumePreservingRegLib.run.job_folder import JobFolder
from VolumePreservingRegLib.scene.export_inputs import (
    export_segments,
    export_volume,
    write_labels,
)
from VolumePreservingRegLib.scene.segment_maps import segment_map

from SparseVMRegLib.run.matching_labels import labelled_like
from SparseVMRegLib.run.request import SparseRequest
from SparseVMRegLib.run.structures import Structure, structures_of, write_structures


def write_sparse_job(request: SparseRequest, folder: JobFolder) -> None:
    """Write all files of a job; ValueError with a plain sentence for unusable inputs.

    To look for slices only the scan matters: where there is no atlas, the job names the scan twice.
    """
    make_engine_importable()
    from vpreg.job.files import write_job
    from vpreg.job.job import Job

    inputs = folder.inputs
    scan = export_volume(request.fixed, inputs / "scan.nrrd")
    atlas = None if request.moving is None else export_volume(request.moving, inputs / "atlas.nrrd")
    job = Job(
        fixed=scan,
        moving=atlas or scan,
        output=folder.result,
        settings=dict(request.settings),
        sparse=_part(request, folder),
        cancel_file=folder.cancel_file,
        # Only who keeps the folder can open the report.
        report=request.keepFolder,
    )
    write_job(job, folder.job_file)


def _part(request: SparseRequest, folder: JobFolder) -> Any:
    from vpreg.job.sparse_part import SparsePart

    inputs = folder.inputs
    mask, lesion = request.acquiredMask, request.excluded
    atlas_labels, structures = _atlas_labels(request, inputs / "atlas-labels.nrrd")
    if structures:
        write_structures(structures, folder.path)
    return SparsePart(
        acquired=None if mask is None else export_volume(mask, inputs / "acquired.nrrd"),
        excluded=None
        if lesion is None
        else export_segments(lesion, request.fixed, inputs / "excluded.nrrd").path,
        atlas_labels=atlas_labels,
        scan_labels=_scan_labels(request, structures, inputs / "scan-labels.nrrd"),
    )


def _atlas_labels(request: SparseRequest, path: Path) -> tuple[Path | None, list[Structure]]:
    node = request.atlasSegmentation
    if node is None:
        return None, []
    written = export_segments(node, request.moving, path)
    return written.path, structures_of(node, written.segment_ids)


def _scan_labels(request: SparseRequest, structures: list[Structure], path: Path) -> Path | None:
    node = request.scanSegmentation
    if node is None or not structures:
        return None
    found = labelled_like(segment_map(node, request.fixed), structures)
    return write_labels(found, request.fixed, path).path
