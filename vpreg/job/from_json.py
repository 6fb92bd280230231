"""Understand a job in JSON, or say what to mend in it."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from vpreg.job.job import Job, OrganChoice
from vpreg.job.sparse_part import sparse_part_from_json
from vpreg.job.to_json import SCHEMA, SCHEMA_VERSION

_REQUIRED = ("fixed", "moving", "output")
_ORGANS = ("organ", "fixed_organ")
_SWITCHES = ("force", "report")
_WORDS = ("fixed_series", "moving_series", "fixed_date", "moving_date")
_KNOWN = tuple(part.name for part in dataclasses.fields(Job))


def job_from_json(content: object, *, base: Path) -> Job:
    """Build a job; relative paths start at `base`. ValueError names the entry to mend."""
    entries = _entries(content)
    for name in _REQUIRED:
        if entries.get(name) is None:
            _fail(f"Add '{name}'", "it is missing")
    values: dict[str, Any] = {
        name: _value(name, value, base) for name, value in entries.items() if value is not None
    }
    return Job(**values)


def _entries(content: object) -> dict[str, Any]:
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        _fail(f'Start it with "schema": "{SCHEMA}"', "that is not there")
    version = content.get("schema_version")
    if version != SCHEMA_VERSION or isinstance(version, bool):
        _fail(f'Use "schema_version": {SCHEMA_VERSION}', f"this vpreg does not know {version!r}")
    entries = {str(name): value for name, value in content.items()}
    del entries["schema"], entries["schema_version"]
    _check_names(entries, _KNOWN)
    return entries


def _check_names(entries: Mapping[str, object], known: tuple[str, ...]) -> None:
    unknown = sorted(set(entries) - set(known))
    if unknown:
        near = difflib.get_close_matches(unknown[0], known, n=1)
        advice = f"Write '{near[0]}'" if near else "Leave it out"
        _fail(advice, f"'{unknown[0]}' is not a known entry")


def _value(name: str, value: object, base: Path) -> object:
    if name in _ORGANS:
        return _organ(name, value, base)
    if name == "sparse":
        return sparse_part_from_json(value, base)
    if name in _SWITCHES:
        if not isinstance(value, bool):
            _fail(f"Write true or false for '{name}'", f"it is {value!r}")
        return value
    if name in _WORDS:
        if not isinstance(value, str) or not value:
            _fail(f"Write a text for '{name}'", f"it is {value!r}")
        return value
    if name == "settings":
        if not isinstance(value, dict):
            _fail("Write an object for 'settings'", f"it is {value!r}")
        return value
    return _path(name, value, base)


def _organ(name: str, value: object, base: Path) -> OrganChoice:
    if not isinstance(value, dict):
        _fail(f"Write an object with 'path' and 'label' for '{name}'", f"it is {value!r}")
    _check_names(value, ("path", "label"))
    label = value.get("label")
    if label is not None and (not isinstance(label, int) or isinstance(label, bool) or label < 1):
        _fail(f"Write a whole number from 1 on for the label of '{name}'", f"it is {label!r}")
    return OrganChoice(_path(name, value.get("path"), base), label)


def _path(name: str, value: object, base: Path) -> Path:
    if not isinstance(value, str) or not value:
        _fail(f"Write a path for '{name}'", f"it is {value!r}")
    return base / value


def _fail(advice: str, problem: str) -> NoReturn:
    msg = f"{advice} in the job: {problem}."
    raise ValueError(msg)
