"""`result.json`: what is in a result folder, and what was measured."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RESULT_FILE = "result.json"
SCHEMA = "vpreg.result"
SCHEMA_VERSION = 1


def list_files(folder: Path, meanings: Mapping[str, str]) -> list[dict[str, object]]:
    """List the files of a folder with their meaning, size and hash, sorted by name."""
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return [
        {
            "name": name,
            "meaning": meanings.get(name),
            "bytes": (folder / name).stat().st_size,
            "sha256": sha256_of(folder / name),
        }
        for name in names
        if name != RESULT_FILE
    ]


def write_result_json(content: Mapping[str, object], folder: Path) -> None:
    """Write the content under the schema and its version; numbers that are none have to be null."""
    whole = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, **content}
    text = json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / RESULT_FILE).write_text(text + "\n", encoding="utf-8")


def read_result_json(folder: Path) -> dict[str, Any]:
    """Return the content of `result.json`; ValueError with a plain sentence if there is none."""
    path = folder / RESULT_FILE
    if not path.is_file():
        msg = f"Give a result folder: {folder} holds no {RESULT_FILE}."
        raise ValueError(msg)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        msg = f"Register again or restore the folder: {path} is damaged."
        raise ValueError(msg) from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        msg = f"Give a result folder of vpreg: {path} comes from something else."
        raise ValueError(msg)
    if content.get("schema_version") != SCHEMA_VERSION:
        version = content.get("schema_version")
        msg = f"Use the vpreg that made it, or register again: {path} has the version {version}."
        raise ValueError(msg)
    return content


def damaged_files(folder: Path) -> list[str]:
    """Name the files of a result folder that are missing or not as they were written."""
    files = read_result_json(folder)["files"]
    return [entry["name"] for entry in files if not _is_as_written(folder, entry)]


def sha256_of(path: Path) -> str:
    """Return the hash of a file in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_as_written(folder: Path, entry: Mapping[str, Any]) -> bool:
    path = folder / entry["name"]
    return path.is_file() and sha256_of(path) == str(entry["sha256"])
