"""Say a job in JSON."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from vpreg.job.job import Job, OrganChoice
from vpreg.job.sparse_part import SparsePart, sparse_part_to_json

SCHEMA = "vpreg.job"
SCHEMA_VERSION = 1


def job_to_json(job: Job) -> dict[str, object]:
    """Return the job as what JSON can hold, with the version of the schema first."""
    values = {part.name: _value(getattr(job, part.name)) for part in dataclasses.fields(job)}
    return {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, **values}


def _value(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, OrganChoice):
        return {"path": str(value.path), "label": value.label}
    if isinstance(value, SparsePart):
        return sparse_part_to_json(value)
    return value
