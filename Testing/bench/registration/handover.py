"""What the benchmark and the process of a peer hand to each other: arrays and a JSON in a folder.

Light on purpose: a peer's process must not pay for libraries that only we need.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

_TASK, _ANSWER = "task.json", "answer.json"


@dataclass(frozen=True)
class PeerAnswer:
    """What a peer found: `u` (3, K, J, I) in fixed voxels, pulled before the shared affine.

    `warped` is the peer's own warped image, to check the conversion of `u`: of the affinely
    resampled moving scan, or of the original one where `warped_original` says so. `seconds` are
    those of registration alone, `call_seconds` those of the whole call where they differ.
    """

    u: np.ndarray
    warped: np.ndarray
    seconds: float
    call_seconds: float | None = None
    warped_original: bool = False


@dataclass(frozen=True)
class Task:
    """A folder with arrays `fixed` and `moving` (K, J, I) in [0, 1] on one grid, and settings."""

    folder: Path
    settings: dict[str, Any]

    def array(self, name: str) -> np.ndarray:
        """Load one array of the task."""
        return np.load(self.folder / f"{name}.npy")

    def has(self, name: str) -> bool:
        """Tell whether the task comes with an array."""
        return (self.folder / f"{name}.npy").exists()

    @property
    def spacing_mm(self) -> tuple[float, float, float]:
        """The voxel size of the fixed grid along K, J, I."""
        k, j, i = self.settings["spacing_mm"]
        return (k, j, i)

    @property
    def threads(self) -> int:
        """How many threads the peer may use."""
        return int(self.settings["threads"])


def write_task(folder: Path, arrays: dict[str, np.ndarray], settings: dict[str, Any]) -> None:
    """Write a task that several peers can read."""
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    (folder / _TASK).write_text(json.dumps(settings), encoding="utf-8")


def read_task(folder: Path) -> Task:
    """Read a task."""
    return Task(folder, json.loads((folder / _TASK).read_text(encoding="utf-8")))


def write_answer(folder: Path, answer: PeerAnswer, peak_mib: float) -> None:
    """Write what a peer found, and how much memory its process took."""
    np.save(folder / "u.npy", np.ascontiguousarray(answer.u, dtype=np.float32))
    np.save(folder / "warped.npy", np.ascontiguousarray(answer.warped, dtype=np.float32))
    figures = {
        "seconds": answer.seconds,
        "call_seconds": answer.call_seconds,
        "warped_original": answer.warped_original,
        "peak_mib": peak_mib,
    }
    (folder / _ANSWER).write_text(json.dumps(figures), encoding="utf-8")


def write_problem(folder: Path, sentence: str) -> None:
    """Write why there is no answer."""
    (folder / _ANSWER).write_text(json.dumps({"problem": sentence}), encoding="utf-8")


def read_answer(folder: Path) -> dict[str, Any] | None:
    """Return the figures, with `u` and `warped`, or a `problem`; None if nothing was written."""
    if not (folder / _ANSWER).exists():
        return None
    answer: dict[str, Any] = json.loads((folder / _ANSWER).read_text(encoding="utf-8"))
    if "problem" not in answer:
        answer |= {name: np.load(folder / f"{name}.npy") for name in ("u", "warped")}
    return answer
