"""Read and write job files."""

from __future__ import annotations

import json
from pathlib import Path

from vpreg.job.from_json import job_from_json
from vpreg.job.job import Job
from vpreg.job.to_json import job_to_json


def read_job(path: Path) -> Job:
    """Read a job; relative paths in it start at its own folder.

    ValueError with a plain sentence for whatever is wrong in the file.
    """
    if not path.is_file():
        msg = f"Check the path of the job: {path} is no file."
        raise ValueError(msg)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        msg = f"Write the job again: {path.name} is no valid JSON ({error})."
        raise ValueError(msg) from error
    return job_from_json(content, base=path.absolute().parent)


def write_job(job: Job, path: Path) -> None:
    """Write a job; its paths should be absolute, or relative to the folder of `path`."""
    text = json.dumps(job_to_json(job), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
