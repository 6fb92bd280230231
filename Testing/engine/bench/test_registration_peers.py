"""What is handed to peers and what comes back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from registration.case import Case, Group
from registration.conversion_check import conversion_gap, conversion_warning
from registration.grid_json import grid_from_json, grid_to_json
from registration.handover import (
    PeerAnswer,
    read_answer,
    read_task,
    write_answer,
    write_problem,
    write_task,
)
from registration.peak_memory import peak_mib
from registration.peer_run import Found
from registration.preparation import Prepared
from registration.vectors import voxels_from_xyz_mm

from vpreg.fields.warp import warp
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.grid import Grid
from vpreg.images.image import Image

SHAPE = (16, 20, 24)


def test_vectors_in_mm_become_voxels_in_the_order_of_our_axes() -> None:
    vectors_mm = np.zeros((2, 3, 4, 3))
    vectors_mm[..., 0], vectors_mm[..., 1], vectors_mm[..., 2] = 1.0, 4.0, 9.0

    u = voxels_from_xyz_mm(vectors_mm, (3.0, 2.0, 0.5))

    assert u.shape == (3, 2, 3, 4)
    assert [float(plane.mean()) for plane in u] == [3.0, 2.0, 2.0]


def test_a_task_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_task(tmp_path, {"fixed": np.ones((2, 3))}, {"spacing_mm": [3, 2, 1], "threads": 2})

    task = read_task(tmp_path)

    assert task.array("fixed").shape == (2, 3)
    assert (task.spacing_mm, task.threads) == ((3, 2, 1), 2)
    assert not task.has("organ")


def test_an_answer_comes_back_as_it_was_written(tmp_path: Path) -> None:
    answer = PeerAnswer(u=np.ones((3, 2, 2, 2)), warped=np.zeros((2, 2, 2)), seconds=1.5)

    assert read_answer(tmp_path) is None
    write_answer(tmp_path, answer, 10.0)
    found = read_answer(tmp_path)

    assert (found["seconds"], found["peak_mib"], found["warped_original"]) == (1.5, 10.0, False)
    assert found["u"].dtype == np.float32


def test_a_problem_comes_back_as_a_sentence(tmp_path: Path) -> None:
    write_problem(tmp_path, "Install it.")

    assert read_answer(tmp_path) == {"problem": "Install it."}


def test_a_grid_survives_json() -> None:
    grid = Grid(SHAPE, spacing_mm=(3.0, 1.0, 0.5), origin_lps=(1.0, 2.0, 3.0))

    assert grid_from_json(grid_to_json(grid)) == grid


def test_the_peak_of_memory_covers_what_was_touched() -> None:
    before = peak_mib()
    kept = np.ones(60 * 2**20, dtype=np.uint8)

    assert peak_mib() >= min(before, 60)
    assert kept[-1] == 1
    assert 10 < peak_mib() < 100_000


def test_a_wrong_sign_of_a_field_is_noticed() -> None:
    texture = gaussian_smooth(torch.randn(SHAPE, generator=torch.Generator().manual_seed(0)), 1.5)
    image = Image(texture, Grid(SHAPE))
    case = Case(Group.OASIS, "texture", image, image, mode="atlas")
    prepared = Prepared(case, np.eye(4), texture)
    u = torch.full((3, *SHAPE), 0.8)
    warped = warp(texture, u)

    right, wrong = (
        conversion_gap(Found(field, warped, False, 1.0, 1.0, 1.0), prepared) for field in (u, -u)
    )

    assert conversion_warning(right) == ""
    assert "disagree" in conversion_warning(wrong)
