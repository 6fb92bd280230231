"""Run a peer in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import torch

from registration.handover import read_answer
from registration.roster import PEERS
from vpreg.job.process_environment import FOR_COMPUTING

_BENCH = Path(__file__).resolve().parents[1]
_ROOT = _BENCH.parents[1]


@dataclass(frozen=True)
class Found:
    """The field of a peer in our convention, its own warped image, and what it took."""

    u: torch.Tensor
    warped: torch.Tensor
    warped_original: bool
    seconds: float
    call_seconds: float
    peak_mib: float


def run_peer(name: str, task_folder: Path, *, threads: int) -> Found | str:
    """Return what a peer found, or a sentence why it found nothing."""
    with tempfile.TemporaryDirectory(prefix="vpreg-bench-") as answer_folder:
        command = [sys.executable, "-m", "registration.peer_process", name]
        done = subprocess.run(
            [*command, str(task_folder), answer_folder],
            env=_environment(threads),
            capture_output=True,
            text=True,
            check=False,
        )
        answer = read_answer(Path(answer_folder))
    if answer is None:
        words = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return f"{PEERS[name].title} ended with status {done.returncode}: {words}"
    if "problem" in answer:
        return str(answer["problem"])
    call_seconds = answer["call_seconds"]
    return Found(
        u=torch.from_numpy(answer["u"]),
        warped=torch.from_numpy(answer["warped"]),
        warped_original=answer["warped_original"],
        seconds=answer["seconds"],
        call_seconds=answer["seconds"] if call_seconds is None else call_seconds,
        peak_mib=answer["peak_mib"],
    )


def _environment(threads: int) -> dict[str, str]:
    """Let the process find our modules, and give all alike threads and memory as our worker has."""
    paths = [str(_BENCH), str(_ROOT), os.environ.get("PYTHONPATH", "")]
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS")
    path = {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return {**FOR_COMPUTING, **os.environ} | path | dict.fromkeys(names, str(threads))
