"""Write what the worker reads: the scans, the label maps and the job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from VolumePreservingRegLib.engine_location import make_engine_importable
from VolumePreservingRegLib.run.job_folder import JobFolder
from VolumePreservingRegLib.run.request import Request, SegmentChoice
from VolumePreservingRegLib.scene.export_inputs import export_organ, export_segments, export_volume


def write_job_files(request: Request, folder: JobFolder) -> None:
    """Write all files of a job; ValueError with a plain sentence for unusable inputs."""
    make_engine_importable()
    from vpreg.job.files import write_job
    from vpreg.job.job import Job

    inputs, fixed, moving = folder.inputs, request.fixed, request.moving
    job = Job(
        fixed=export_volume(fixed, inputs / "baseline.nrrd"),
        moving=export_volume(moving, inputs / "follow-up.nrrd"),
        output=folder.result,
        settings=dict(request.settings),
        organ=_organ(request.movingOrgan, moving, inputs / "follow-up-organ.nrrd"),
        fixed_organ=_organ(request.fixedOrgan, fixed, inputs / "baseline-organ.nrrd"),
        fixed_tumor=_tumor(request.fixedTumor, fixed, inputs / "baseline-tumor.nrrd"),
        moving_tumor=_tumor(request.movingTumor, moving, inputs / "follow-up-tumor.nrrd"),
        cancel_file=folder.cancel_file,
        # Only who keeps the folder can open the report.
        report=request.keepFolder,
    )
    write_job(job, folder.job_file)


def segment_ids(choice: SegmentChoice) -> Sequence[str]:
    """Return the segments chosen; none stands for all."""
    return [choice.segmentID] if choice.segmentID else []


def _tumor(choice: SegmentChoice | None, scan: Any, path: Path) -> Path | None:
    if choice is None:
        return None
    return export_segments(choice.node, scan, path, segment_ids=segment_ids(choice)).path


def _organ(choice: SegmentChoice | None, scan: Any, path: Path) -> Any | None:
    from vpreg.job.job import OrganChoice

    if choice is None:
        return None
    return OrganChoice(export_organ(choice.node, scan, path, segment_id=choice.segmentID).path)
