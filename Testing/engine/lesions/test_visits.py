"""Scans and segmentations that cannot be right, and those that only look so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from Testing.engine.lesions.small_studies import GRID, write_box, write_noise
from vpreg.images.grid import Grid
from vpreg.lesions.segmentation import find_pieces, rule_for
from vpreg.lesions.study.study import PieceRule, TimePoint
from vpreg.lesions.visit import check_together, read_visit


@pytest.fixture
def point(tmp_path: Path) -> TimePoint:
    write_noise(tmp_path / "scan.nii.gz")
    write_box(tmp_path / "seg.nii.gz")
    return TimePoint("day 0", 0, tmp_path / "scan.nii.gz", (tmp_path / "seg.nii.gz",))


def test_a_segmentation_on_its_own_grid_is_measured_there(point, tmp_path: Path):
    fine = Grid((64, 72, 72), (1.0, 1.0, 1.0), GRID.origin_lps)
    write_box(tmp_path / "seg.nii.gz", fine)

    found = read_visit(point)

    assert found.labels_grid.matches(fine)
    assert "another grid" in found.notes[0]
    assert int(found.labels.sum()) == 64


def test_a_segmentation_of_another_place_is_refused(point, tmp_path: Path):
    away = replace(GRID, origin_lps=(300.0, 0.0, 0.0))
    write_box(tmp_path / "seg.nii.gz", away)

    with pytest.raises(ValueError, match="100% of the tumor lies outside"):
        read_visit(point)


def test_an_empty_segmentation_means_that_the_tumor_is_gone(point, tmp_path: Path):
    write_box(tmp_path / "seg.nii.gz", label=0)

    found = read_visit(point)

    assert "no tumor on that date" in found.notes[0]
    with pytest.raises(ValueError, match="all segmentations are empty"):
        check_together([found, found])


def test_files_that_overlap_are_refused_with_the_count(point, tmp_path: Path):
    write_box(tmp_path / "more.nii.gz", at=12)
    both = replace(point, segmentations=(*point.segmentations, tmp_path / "more.nii.gz"))

    with pytest.raises(ValueError, match=r"more\.nii\.gz overlaps .* in 8 voxels"):
        read_visit(both)


def test_files_that_do_not_overlap_are_lesions_of_their_own(point, tmp_path: Path):
    write_box(tmp_path / "more.nii.gz", at=14)
    both = replace(point, segmentations=(*point.segmentations, tmp_path / "more.nii.gz"))

    labels = read_visit(both).labels

    rule = rule_for([labels], PieceRule.AUTO)
    assert rule is PieceRule.LABELS
    assert len(find_pieces(labels, GRID, rule=rule).pieces) == 2


def test_only_the_labels_of_the_tumor_count(point, tmp_path: Path):
    write_box(tmp_path / "seg.nii.gz", label=3)

    kept, dropped = (read_visit(point, tumor_labels=[label]).labels for label in (3, 1))

    assert kept.any()
    assert not dropped.any()


@pytest.mark.parametrize("factor", [0.001, 1000.0])
def test_a_scan_in_other_units_is_refused(point, tmp_path: Path, factor):
    spacing = (2.0 * factor,) * 3
    other = Grid(GRID.shape, spacing)
    write_noise(tmp_path / "scan.nrrd", other)
    write_box(tmp_path / "seg.nrrd", other)
    wrong = replace(point, scan=tmp_path / "scan.nrrd", segmentations=(tmp_path / "seg.nrrd",))

    with pytest.raises(ValueError, match="spacing in millimetres"):
        read_visit(wrong)


def test_a_scan_ten_times_as_large_as_the_others_is_refused(point, tmp_path: Path):
    other = Grid(GRID.shape, (20.0, 20.0, 20.0))
    write_noise(tmp_path / "large.nrrd", other)
    write_box(tmp_path / "large_seg.nrrd", other)
    large = replace(
        point, scan=tmp_path / "large.nrrd", segmentations=(tmp_path / "large_seg.nrrd",)
    )
    visits = [read_visit(point), read_visit(point), read_visit(large)]

    with pytest.raises(ValueError, match=r"units of large\.nrrd"):
        check_together(visits)
