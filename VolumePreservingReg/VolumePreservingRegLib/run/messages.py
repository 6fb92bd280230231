"""What the worker says: one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Progress:
    """How far the job is; `fraction` is that of the whole job, 0 to 1."""

    stage: str
    fraction: float
    left_s: float | None = None


@dataclass(frozen=True)
class Warned:
    """Something the user should know of a result."""

    text: str


@dataclass(frozen=True)
class Finished:
    """The result is there."""

    folder: Path
    report: Path | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True)
class Failed:
    """There is no result, and the sentence says why."""

    code: str
    text: str


Message = Progress | Warned | Finished | Failed


class LineBuffer:
    """Cuts a stream of bytes into lines: several may come at once, and one in two pieces."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._rest = b""

    def take(self, data: bytes) -> list[bytes]:
        """Return the lines that are complete now."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        return lines

    def rest(self) -> bytes:
        """Return what came after the last line."""
        rest, self._rest = self._rest, b""
        return rest


def read_line(line: bytes) -> Message | None:
    """Understand one line; None for whatever is no message."""
    try:
        content = json.loads(line)
        return _message(content) if isinstance(content, dict) else None
    except (ValueError, KeyError, TypeError):
        return None


def _message(content: dict[str, Any]) -> Message | None:
    event = content.get("event")
    if event == "progress":
        left = content.get("eta_s")
        return Progress(
            content["stage"], float(content["fraction"]), None if left is None else float(left)
        )
    if event == "warning":
        return Warned(content["message"])
    if event == "failed":
        return Failed(content["code"], content["message"])
    if event == "finished":
        report = content.get("report")
        return Finished(
            Path(content["folder"]),
            None if report is None else Path(report),
            dict(content.get("figures") or {}),
            float(content.get("seconds", 0.0)),
        )
    return None
