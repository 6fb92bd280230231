"""A worker that runs as a process beside the test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
FAKE = "Testing.engine.worker.fake_worker"


class WorkerRun:
    """A worker process with the fake recipe, its lines, and how long its end took."""

    def __init__(self, job: Path, *words: str, module: str = FAKE) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, str(job), *words],
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def wait_for(self, stage: str) -> dict[str, Any]:
        """Read lines up to the first one of a stage."""
        for line in self.process.stdout or ():
            event: dict[str, Any] = json.loads(line)
            if event.get("stage_code") == stage:
                return event
        msg = f"{stage} never came: {self.process.stderr.read()}"
        raise AssertionError(msg)

    def rest(self) -> tuple[list[dict[str, Any]], float]:
        """Read to the end of the process; return its events and the seconds that took.

        Standard input stays open, unlike in `communicate`.
        """
        begin = time.monotonic()
        text = self.process.stdout.read()
        self.process.wait(timeout=30)
        return [json.loads(line) for line in text.splitlines()], time.monotonic() - begin
