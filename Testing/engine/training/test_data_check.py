"""Every bad scan is told in one clear sentence, and all at once."""

import pytest
import torch

from Testing.engine.training.data_cases import GRID, SHAPE, head, settings_of, write_scans
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.writing import write_image
from vpreg.training.data.check_scans import check_scans
from vpreg.training.data.data_problems import DataProblemsError
from vpreg.training.data.data_settings import Alignment
from vpreg.training.data.scan_pairs import open_scans


@pytest.fixture
def folder(tmp_path):
    return write_scans(tmp_path / "data", 3)


def put(folder, name, voxels, grid=GRID):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    write_image(Image(voxels, grid), path)


def only_problem(folder, **changes):
    problems = check_scans(settings_of(folder, **changes))
    assert len(problems) == 1
    return problems[0]


def test_good_scans_have_no_problems(folder):
    assert check_scans(settings_of(folder)) == []


def test_labels_on_another_grid_are_told(folder):
    put(folder, "labels/p1.nii.gz", head()[1].voxels, Grid(SHAPE, (2.0, 2.0, 2.1)))

    assert only_problem(folder) == (
        "scans/p1.nii.gz: Resample p1.nii.gz to the grid of p1.nii.gz: they lie on different grids."
    )


def test_labels_that_one_scan_lacks_or_has_alone_are_told(folder):
    labels = head(1)[1].voxels
    put(folder, "labels/p1.nii.gz", torch.where(labels == 2, 7, labels).int())

    assert only_problem(folder) == (
        "scans/p1.nii.gz: Give every scan the same labels: "
        "this one lacks 2 and only this one or few have 7."
    )


def test_labels_below_zero_are_told(folder):
    put(folder, "labels/p0.nii.gz", head()[1].voxels - 1)

    assert "Renumber what is below 0 in p0.nii.gz" in only_problem(folder)


def test_labels_that_are_no_whole_numbers_are_told(folder):
    put(folder, "labels/p0.nii.gz", head()[0].voxels / 7)

    assert "Give a label map, with whole numbers" in only_problem(folder)


def test_an_empty_organ_is_told(folder):
    put(folder, "organs/p2.nii.gz", torch.zeros(SHAPE, dtype=torch.int32))

    assert "scans/p2.nii.gz: Draw or choose a segmentation" in only_problem(folder)


def test_a_scan_without_tumors_may_say_so_with_an_empty_map(folder):
    put(folder, "tumors/p2.nii.gz", torch.zeros(SHAPE, dtype=torch.int32))

    assert check_scans(settings_of(folder)) == []


def test_a_mask_in_which_nothing_was_acquired_is_told(folder):
    voxels = torch.zeros(SHAPE)
    voxels[0, 0, 0] = -1
    put(folder, "acquired/p0.nii.gz", voxels)

    assert "Give a mask of the acquired slices" in only_problem(folder)


def test_a_cut_scan_is_told(folder):
    whole = (folder / "scans" / "p0.nii.gz").read_bytes()
    (folder / "scans" / "p0.nii.gz").write_bytes(whole[: len(whole) // 2])

    assert only_problem(folder).startswith("scans/p0.nii.gz: Copy or download p0.nii.gz again")


def test_a_scan_with_nan_is_told(folder):
    voxels = head()[0].voxels
    voxels[3, 3, 3] = float("nan")
    put(folder, "scans/p0.nii.gz", voxels)

    assert "Replace the voxels of p0.nii.gz that are no finite number" in only_problem(folder)


def test_a_body_far_beyond_the_home_is_told_for_each_scan(folder):
    problems = check_scans(settings_of(folder, home_spacing_mm=(0.5, 0.5, 0.5)))

    assert len(problems) == 3
    assert all("Give a larger home shape or spacing" in problem for problem in problems)


def test_scans_that_cannot_be_aligned_are_told(folder, monkeypatch):
    def refuse(*_args, **_more):
        msg = "Check that both scans show the same part of the body."
        raise ValueError(msg)

    monkeypatch.setattr("vpreg.training.data.alignments.align_affine", refuse)

    problems = check_scans(settings_of(folder, alignment=Alignment.TEMPLATE))

    assert [problem.split(":")[0] for problem in problems] == ["scans/p1.nii.gz", "scans/p2.nii.gz"]
    assert all("Check that both scans show" in problem for problem in problems)


def test_all_problems_are_told_in_one_error(folder):
    (folder / "scans" / "p0.nii.gz").write_bytes(b"")
    put(folder, "organs/p2.nii.gz", torch.zeros(SHAPE, dtype=torch.int32))
    put(folder, "labels/p9.nii.gz", head()[1].voxels)

    with pytest.raises(DataProblemsError) as raised:
        open_scans(settings_of(folder))

    assert len(raised.value.problems) == 3
    for word in ("p0.nii.gz", "p2.nii.gz", "labels/p9.nii.gz"):
        assert word in str(raised.value)


def test_the_check_tells_how_far_it_is(folder):
    told = []

    check_scans(settings_of(folder), progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0
