"""One study to follow, as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

SCHEMA = "vpreg.tracking-job"
SCHEMA_VERSION = 1
_PATHS = ("study", "output", "work", "cancel_file")


@dataclass(frozen=True)
class TrackingJob:
    """A study (STUDY.toml or a folder), where the result goes, and where registrations are kept.

    `settings` are those of each registration. A cancel file ends the job when it appears.
    """

    study: Path
    output: Path
    work: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    chain: bool = False
    force: bool = False
    cancel_file: Path | None = None


def work_beside(output: Path) -> Path:
    """Return the folder that keeps the registrations of a tracking: NAME-work beside NAME."""
    return output.with_name(f"{output.name}-work")


def write_tracking_job(job: TrackingJob, path: Path) -> None:
    """Write a job; its paths should be absolute."""
    values = {
        name: str(value) if isinstance(value, Path) else value for name, value in vars(job).items()
    }
    content = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, **values}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_tracking_job(path: Path) -> TrackingJob:
    """Read a job; relative paths start at its folder. ValueError says what to mend."""
    if not path.is_file():
        _fail("Check the path", f"{path} is no file")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        _fail("Write the job again", f"{path.name} is no valid JSON ({error})")
    if not isinstance(content, dict) or content.pop("schema", None) != SCHEMA:
        _fail(f'Start it with "schema": "{SCHEMA}"', "that is not there")
    version = content.pop("schema_version", None)
    if version != SCHEMA_VERSION or isinstance(version, bool):
        _fail(f'Use "schema_version": {SCHEMA_VERSION}', f"this vpreg does not know {version!r}")
    return _job(content, path.absolute().parent)


def _job(content: dict[str, Any], base: Path) -> TrackingJob:
    values: dict[str, Any] = {}
    for name, value in content.items():
        if name in _PATHS and value is not None:
            if not isinstance(value, str) or not value:
                _fail(f"Write a path for '{name}'", f"it is {value!r}")
            values[name] = base / value
        elif name in ("chain", "force"):
            if not isinstance(value, bool):
                _fail(f"Write true or false for '{name}'", f"it is {value!r}")
            values[name] = value
        elif name == "settings":
            if not isinstance(value, dict):
                _fail("Write an object for 'settings'", f"it is {value!r}")
            values[name] = value
        elif name not in _PATHS:
            _fail("Leave it out", f"'{name}' is not a known entry")
    for name in ("study", "output"):
        if name not in values:
            _fail(f"Add '{name}'", "it is missing")
    values.setdefault("work", work_beside(values["output"]))
    return TrackingJob(**values)


def _fail(advice: str, problem: str) -> NoReturn:
    msg = f"{advice} in the tracking job: {problem}."
    raise ValueError(msg)
