"""Read what a job names."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from vpreg.images.image import Image
from vpreg.images.landmarks import read_landmarks
from vpreg.images.reading import read_image, read_labels
from vpreg.job.job import Job, OrganChoice
from vpreg.progress import Progress, Stage
from vpreg.recipes.inputs import Inputs
from vpreg.worker.affine_file import read_affine


def read_inputs(job: Job, *, progress: Progress) -> Inputs:
    """Read all images of a job; ValueError with a plain sentence for one that cannot be used."""
    progress.report(Stage.READING, 0.0)
    fixed = read_image(job.fixed, series_uid=job.fixed_series)
    progress.report(Stage.READING, 0.4)
    moving = read_image(job.moving, series_uid=job.moving_series)
    progress.report(Stage.READING, 0.8)
    inputs = Inputs(
        fixed=fixed,
        moving=moving,
        fixed_tumor=read_map(job.fixed_tumor),
        moving_tumor=read_map(job.moving_tumor),
        organ=read_organ(job.organ),
        fixed_organ=read_organ(job.fixed_organ),
        fixed_mask=read_map(job.fixed_mask),
        moving_mask=read_map(job.moving_mask),
        affine_lps=None if job.affine_file is None else read_affine(job.affine_file),
    )
    progress.report(Stage.READING, 1.0)
    return inputs


def read_map(path: Path | None) -> Image | None:
    """Read a label map, if there is one."""
    return None if path is None else read_labels(path, allow_constant=True)


def read_organ(choice: OrganChoice | None) -> Image | None:
    """Read the organ as a mask of ones; ValueError if the label is not there."""
    if choice is None:
        return None
    labels = read_labels(choice.path, allow_constant=True)
    inside = labels.voxels != 0 if choice.label is None else labels.voxels == choice.label
    if not inside.any():
        absent = "it is empty" if choice.label is None else f"it has no label {choice.label}"
        msg = f"Choose another label or label map for the organ than {choice.path.name}: {absent}."
        raise ValueError(msg)
    return labels.with_voxels(inside.to(labels.voxels.dtype))


def read_landmark_pairs(job: Job) -> tuple[np.ndarray, np.ndarray] | None:
    """Read the landmarks of both scans, as many of one as of the other."""
    if job.fixed_landmarks is None or job.moving_landmarks is None:
        return None
    fixed, moving = read_landmarks(job.fixed_landmarks), read_landmarks(job.moving_landmarks)
    if len(fixed) != len(moving):
        counts = f"{len(fixed)} in the fixed and {len(moving)} in the moving one"
        msg = f"Give as many landmarks of one scan as of the other: there are {counts}."
        raise ValueError(msg)
    return fixed, moving
