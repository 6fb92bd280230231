"""ConvexAdam with MIND features, as it comes."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import torch
from convexAdam.apply_convex import apply_convex
from convexAdam.convex_adam_MIND import convex_adam_pt

from registration.handover import PeerAnswer, Task


def register(task: Task, folder: Path) -> PeerAnswer:  # noqa: ARG001 - every peer gets one
    """Run it on the CPU; its vectors are voxels along K, J, I already."""
    fixed, moving = task.array("fixed"), task.array("moving")
    torch.set_num_threads(task.threads)
    start = time.perf_counter()
    vectors = convex_adam_pt(fixed, moving, dtype=torch.float32, device=torch.device("cpu"))
    seconds = time.perf_counter() - start
    return PeerAnswer(
        u=np.moveaxis(vectors, -1, 0), warped=apply_convex(vectors, moving), seconds=seconds
    )
