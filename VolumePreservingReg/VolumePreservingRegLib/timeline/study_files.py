"""Write what the worker reads: scans, label maps, STUDY.toml and the job."""

from __future__ import annotations

import json
from pathlib import Path

from VolumePreservingRegLib.engine_location import make_engine_importable
from VolumePreservingRegLib.run.job_folder import JobFolder
from VolumePreservingRegLib.scene.export_inputs import export_volume
from VolumePreservingRegLib.timeline.dates import read_when
from VolumePreservingRegLib.timeline.lesion_map import write_lesion_map
from VolumePreservingRegLib.timeline.request import StudyRequest

STUDY = "STUDY.toml"


def write_study_files(request: StudyRequest, folder: JobFolder) -> None:
    """Write all files of a study; ValueError with a plain sentence for unusable inputs."""
    make_engine_importable()
    from vpreg.job.tracking_job import TrackingJob, write_tracking_job

    for number, point in enumerate(request.points, start=1):
        export_volume(point.scan, folder.inputs / scan_file(number))
        write_lesion_map(point, folder.inputs / lesions_file(number))
    study = folder.inputs / STUDY
    study.write_text(study_text(request), encoding="utf-8")
    job = TrackingJob(
        study=study,
        output=folder.result,
        work=request.work,
        settings=dict(request.settings),
        chain=request.options.chain,
        cancel_file=folder.cancel_file,
    )
    write_tracking_job(job, folder.job_file)


def scan_file(number: int) -> str:
    """Name the scan of the n-th time point."""
    return f"{number}-scan.nrrd"


def lesions_file(number: int) -> str:
    """Name the label map of the n-th time point."""
    return f"{number}-lesions.nrrd"


def study_text(request: StudyRequest) -> str:
    """Return STUDY.toml."""
    looked = "true" if request.options.lookedForNew else "false"
    lines = [
        f"title = {_quoted(request.points[0].scan.GetName())}",
        f"lesions = {_quoted(request.options.rule.value)}",
    ]
    for number, point in enumerate(request.points, start=1):
        when = read_when(point.date)
        lines += [
            "[[time_point]]",
            f"date = {when.words()}" if when.isDate else f"day = {when.day}",
            f"scan = {_quoted(scan_file(number))}",
            f"segmentation = {_quoted(lesions_file(number))}",
        ]
    return "\n".join([*lines, "[response]", f"new_lesions_looked_for = {looked}", ""])


def _quoted(text: str) -> str:
    # What JSON writes between quotes is a string of TOML, too, once nothing is left to escape
    # that TOML does not know.
    return json.dumps(text, ensure_ascii=False)


def work_folder(parent: Path, study: str) -> Path:
    """Return where the registrations of a timeline are kept until Slicer ends."""
    return parent / f"TumorOverTime-{study}"
