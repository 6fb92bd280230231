"""What the worker finds in its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_FEW_CORES = 2


def worker_environment(
    base: Mapping[str, str], *, engine: Path, cores: int, hide_gpu: bool
) -> dict[str, str]:
    """Return `base` with the engine, the number of threads and the visible GPUs.

    What the user has set for threads and memory stays.
    """
    from vpreg.job.process_environment import FOR_COMPUTING

    paths = [str(engine), *filter(None, [base.get("PYTHONPATH")])]
    environment = {
        "OMP_NUM_THREADS": str(threads(cores)),
        **FOR_COMPUTING,
        **base,
        "PYTHONPATH": os.pathsep.join(paths),
        # Errors of the program reach the log whatever the language of the system.
        "PYTHONIOENCODING": "utf-8",
    }
    if hide_gpu:
        environment["CUDA_VISIBLE_DEVICES"] = ""
    return environment


def threads(cores: int) -> int:
    """Leave one core to Slicer, unless that would halve the speed."""
    return cores if cores <= _FEW_CORES else cores - 1


def core_count() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
