"""Folders beside the output that are not finished yet, or no longer wanted.

Their names hold the machine and the process that made them, so that what a killed process left
can be told from the work of one that still runs, also on a disk that several machines share.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from vpreg.results.processes import is_running

_TRIES = 20
_PAUSE_S = 0.02


class Role(Enum):
    """What a folder beside the output is: the new result, or the old one on its way out."""

    UNFINISHED = "unfinished"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Sibling:
    """A folder beside the output and the process of this machine that made it."""

    path: Path
    role: Role
    pid: int


def sibling_path(folder: Path, role: Role) -> Path:
    """Return a free name beside `folder` that says whose it is."""
    name = f".{folder.name}.{_machine()}.{os.getpid()}.{secrets.token_hex(4)}.{role.value}"
    return folder.with_name(name)


def siblings(folder: Path) -> list[Sibling]:
    """List what processes of this machine have beside `folder`."""
    prefix = re.escape(f".{folder.name}.{_machine()}.")
    pattern = re.compile(rf"{prefix}(\d+)\.[0-9a-f]+\.({'|'.join(r.value for r in Role)})")
    matches = (pattern.fullmatch(path.name) for path in folder.parent.iterdir())
    return [
        Sibling(folder.with_name(match[0]), Role(match[2]), int(match[1]))
        for match in matches
        if match
    ]


def clear_stale(folder: Path) -> None:
    """Remove what dead processes left beside `folder`; put an old result back that has no heir."""
    if not folder.parent.is_dir():
        return
    stale = [one for one in siblings(folder) if not is_running(one.pid)]
    for one in stale:
        if one.role is Role.REPLACED and not folder.exists():
            one.path.rename(folder)
        else:
            remove_folder(one.path)


def clear_own(folder: Path) -> None:
    """Remove what this process has begun beside `folder`, even while a thread still writes."""
    for one in siblings(folder):
        if one.pid == os.getpid() and one.role is Role.UNFINISHED:
            remove_folder(one.path)


def remove_folder(path: Path) -> None:
    """Remove a folder; again where a file appeared meanwhile."""
    for _ in range(_TRIES):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            return
        time.sleep(_PAUSE_S)


def _machine() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", platform.node()) or "here"
