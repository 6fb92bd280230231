"""A worker with a recipe that takes as long as it is told, to be started as a process.

The settings of its jobs: `steps` and `pause_s` of each; `deaf`: sleep in one piece and report
nothing; `prints`: a word for the standard output; `error`: what to raise.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from Testing.engine.worker.small_results import small_result
from vpreg.progress import Progress, Stage
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.result import Result
from vpreg.worker.engine import Engine
from vpreg.worker.entry import main

ERRORS = {
    "memory": RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried 9 bytes"),
    "fault": KeyError("a fault"),
    "input": ValueError("Crop the scans: they are too large."),
}


def register(inputs: Inputs, *, settings: dict[str, Any], progress: Progress) -> Result:
    if word := settings.get("prints"):
        print(word)  # noqa: T201 - what a library may do
        os.write(1, word.encode())
    if kind := settings.get("error"):
        raise ERRORS[kind]
    if settings.get("deaf"):
        time.sleep(60)
    steps = settings.get("steps", 3)
    for stage in (Stage.AFFINE, Stage.SIMILARITY, Stage.MASK, Stage.VOLUME, Stage.MEASURING):
        for step in range(steps + 1):
            progress.report(stage, step / steps)
            time.sleep(settings.get("pause_s", 0.0))
    return small_result(inputs)


def write_report(result: Result, path: Any) -> None:
    path.write_text(f"<html>{len(result.figures)}</html>")


def engine() -> Engine:
    return Engine(
        read_settings=lambda settings: settings,
        stages=lambda _settings: tuple(Stage),
        register=register,
        write_report=write_report,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], load=engine))
