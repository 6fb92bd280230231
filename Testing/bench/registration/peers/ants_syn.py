"""ANTs symmetric normalisation (antspyx), without its own affine stages."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import ants
import numpy as np

from registration.handover import PeerAnswer, Task
from registration.vectors import voxels_from_xyz_mm


def register(task: Task, folder: Path, **options: Any) -> PeerAnswer:
    """Run SyNOnly; unless options say otherwise with mutual information and 40/20/0 iterations."""
    fixed, moving = (_image(task, name) for name in ("fixed", "moving"))
    start = time.perf_counter()
    result = ants.registration(
        fixed,
        moving,
        type_of_transform="SyNOnly",
        initial_transform="Identity",
        outprefix=f"{folder}/ants_",
        **options,
    )
    seconds = time.perf_counter() - start
    field = next(name for name in result["fwdtransforms"] if name.endswith("Warp.nii.gz"))
    vectors = np.transpose(ants.image_read(field).numpy(), (2, 1, 0, 3))
    return PeerAnswer(
        u=voxels_from_xyz_mm(vectors, task.spacing_mm),
        warped=result["warpedmovout"].numpy().T,
        seconds=seconds,
    )


def _image(task: Task, name: str) -> ants.ANTsImage:
    spacing = [float(value) for value in task.spacing_mm[::-1]]
    return ants.from_numpy(np.ascontiguousarray(task.array(name).T), spacing=spacing)
