"""Greedy (picsl_greedy) with normalised cross-correlation."""

from __future__ import annotations

import time
from pathlib import Path

import SimpleITK
from picsl_greedy import Greedy3D

from registration.handover import PeerAnswer, Task
from registration.vectors import voxels_from_xyz_mm


def register(
    task: Task,
    folder: Path,  # noqa: ARG001 - every peer gets one
    *,
    iterations: str = "100x50x20",
    radius: str = "4x4x4",
) -> PeerAnswer:
    """Run the deformable mode, without its own affine."""
    fixed, moving = (_image(task, name) for name in ("fixed", "moving"))
    greedy = Greedy3D()
    threads = f"-d 3 -threads {task.threads}"
    start = time.perf_counter()
    greedy.execute(
        f"{threads} -i fixed moving -m NCC {radius} -n {iterations} -o field",
        fixed=fixed,
        moving=moving,
        field=None,
    )
    seconds = time.perf_counter() - start
    greedy.execute(f"{threads} -rf fixed -rm moving warped -r field", warped=None)
    vectors = SimpleITK.GetArrayFromImage(greedy["field"])
    return PeerAnswer(
        u=voxels_from_xyz_mm(vectors, task.spacing_mm),
        warped=SimpleITK.GetArrayFromImage(greedy["warped"]),
        seconds=seconds,
    )


def _image(task: Task, name: str) -> SimpleITK.Image:
    image = SimpleITK.GetImageFromArray(task.array(name))
    image.SetSpacing([float(value) for value in task.spacing_mm[::-1]])
    return image
