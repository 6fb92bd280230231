"""This project's own recipes."""

from __future__ import annotations

import time
from pathlib import Path

import torch

from registration.grid_json import grid_from_json
from registration.handover import PeerAnswer, Task
from vpreg.images.image import Image
from vpreg.progress import Stage
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.register import register as register_pair
from vpreg.recipes.result import Result
from vpreg.recipes.settings import Mode, Recipe, Settings

_REGISTRATION = (Stage.SIMILARITY, Stage.MASK, Stage.VOLUME)


def register(
    task: Task,
    folder: Path,  # noqa: ARG001 - every peer gets one
    *,
    recipe: str,
    give_tumor: bool = False,
) -> PeerAnswer:
    """Register the original scans through the shared affine, as a user would."""
    torch.set_num_threads(task.threads)
    settings = Settings(
        recipe=Recipe.SIMILARITY if recipe == "similarity" else Recipe.VOLUME_PRESERVING,
        mode=Mode(task.settings["mode"]),
        device="cpu",
    )
    inputs = Inputs(
        fixed=_image(task, "original_fixed", "fixed_grid"),
        moving=_image(task, "original_moving", "moving_grid"),
        fixed_tumor=_optional(task, "fixed_tumor", "fixed_grid") if give_tumor else None,
        moving_tumor=_optional(task, "moving_tumor", "moving_grid") if give_tumor else None,
        organ=_optional(task, "organ", "moving_grid"),
        affine_lps=task.array("affine_lps"),
    )
    start = time.perf_counter()
    result = register_pair(inputs, settings=settings)
    call_seconds = time.perf_counter() - start
    return PeerAnswer(
        u=result.final.u.cpu().numpy(),
        warped=result.final.warped.array,
        seconds=_registration_seconds(result) or call_seconds,
        call_seconds=call_seconds,
        warped_original=True,
    )


def _registration_seconds(result: Result) -> float:
    """Return what the peers' times cover as well: no affine, no figures, no writing."""
    spent = result.provenance.seconds_by_stage
    return sum(spent.get(stage.name.lower(), 0.0) for stage in _REGISTRATION)


def _image(task: Task, name: str, grid: str) -> Image:
    return Image(torch.from_numpy(task.array(name)), grid_from_json(task.settings[grid]))


def _optional(task: Task, name: str, grid: str) -> Image | None:
    return _image(task, name, grid) if task.has(name) else None
