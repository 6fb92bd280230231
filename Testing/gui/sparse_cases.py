"""Small heads scanned in few slices, and what the real worker makes of them."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np

SIZE, EVERY = 32, 4
LEVELS = {"factors": [2, 1], "field_factors": [1.0, 1.5], "iterations": [10, 5]}


def add_pair(*, swollen=1.2):
    """Add an atlas and a clinical scan of the same head, whose core has swollen."""
    from SparseVMRegLib.panel.self_tests import add_head

    return add_head("Atlas"), add_head("Clinical", every=EVERY, swollen=swollen)


def add_interpolated(scan, name="Interpolated"):
    """Add a scan whose slices were interpolated linearly, as another program would do it."""
    import slicer

    voxels = slicer.util.arrayFromVolume(scan)
    at = np.arange((len(voxels) - 1) * EVERY + 1) / EVERY
    low = np.minimum(at.astype(int), len(voxels) - 2)
    share = (at - low)[:, None, None]
    fine = voxels[low] * (1 - share) + voxels[low + 1] * share
    placed = np.diag([2.0, 2.0, 2.0, 1.0])
    return slicer.util.addVolumeFromArray(fine.astype(np.float32), ijkToRAS=placed, name=name)


def choose_pair(panel, *, segmentations=False):
    """Select an atlas and a scan in a panel, and settings that are quick; return both."""
    from SparseVMRegLib.panel.self_tests import add_core
    from VolumePreservingRegLib.panel.choices import Affine

    atlas, scan = add_pair()
    parameters = panel.logic.getParameterNode()
    parameters.atlas, parameters.scan = atlas, scan
    parameters.affine, parameters.iterations = Affine.NONE, "10 5"
    parameters.thickness, parameters.voxelSize = 2.0, 2.0
    if segmentations:
        parameters.atlasSegmentation = add_core(atlas)
        parameters.scanSegmentation = add_core(scan, every=EVERY)
    return atlas, scan


def small_request():
    """Return a whole job: two scans, a segmentation of each, quick settings."""
    from SparseVMRegLib.panel.self_tests import add_core
    from SparseVMRegLib.run.request import SparseRequest

    atlas, scan = add_pair()
    registration = {"device": "cpu", "affine": "none", "similarity": LEVELS}
    return SparseRequest(
        fixed=scan,
        moving=atlas,
        atlasSegmentation=add_core(atlas),
        scanSegmentation=add_core(scan, every=EVERY),
        settings={"thickness_mm": 2.0, "voxel_mm": 2.0, "registration": registration},
    )


def run_request(request, folder):
    """Let the real worker do a job in a folder; return the folder of the job."""
    from SparseVMRegLib.run.job_files import write_sparse_job
    from VolumePreservingRegLib.engine_location import engine_folder
    from VolumePreservingRegLib.run.job_folder import JobFolder

    job = JobFolder(folder)
    job.inputs.mkdir(parents=True)
    write_sparse_job(request, job)
    environment = {**os.environ, "PYTHONPATH": str(engine_folder())}
    worker = [sys.executable, "-m", "vpreg.worker", "--ignore-stdin", str(job.job_file)]
    subprocess.run(worker, env=environment, check=True, capture_output=True)
    return job
