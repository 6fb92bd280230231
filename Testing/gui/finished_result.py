"""A result of the real worker for the small scans, made once."""

from __future__ import annotations

import os
import subprocess
import sys

from Testing.gui.panel_cases import add_scan, add_tumor


def make_result(folder):
    """Register the small scans in `folder` and return the folder of the result."""
    import slicer
    from VolumePreservingRegLib.engine_location import engine_folder
    from VolumePreservingRegLib.run.job_files import write_job_files
    from VolumePreservingRegLib.run.job_folder import JobFolder

    job = JobFolder(folder)
    job.inputs.mkdir()
    write_job_files(_request(), job)
    environment = {**os.environ, "PYTHONPATH": str(engine_folder())}
    worker = [sys.executable, "-m", "vpreg.worker", "--ignore-stdin", str(job.job_file)]
    subprocess.run(worker, env=environment, check=True, capture_output=True)
    slicer.mrmlScene.Clear(0)
    return job.result


def _request():
    from VolumePreservingRegLib.run.request import Request, SegmentChoice

    fixed = add_scan("Baseline", tumor_radius=4.0)
    moving = add_scan("Follow-up", tumor_radius=5.0)
    level = {"factors": [1], "field_factors": [1.0], "iterations": [2]}
    return Request(
        fixed=fixed,
        moving=moving,
        fixedTumor=SegmentChoice(add_tumor(fixed, radius=4.0)),
        movingTumor=SegmentChoice(add_tumor(moving, radius=5.0)),
        settings={"device": "cpu", "similarity": level, "volume": {"solver": level}},
    )
