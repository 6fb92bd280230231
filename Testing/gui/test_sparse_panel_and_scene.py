"""Sparse registrations that are canceled, fail, go stale, or are saved and opened again."""

from __future__ import annotations

import shutil

import pytest

from Testing.gui.panel_cases import (
    is_alive,
    job_folders,
    node_names,
    use_worker,
    wait_for_the_end,
    worker_pid,
)
from Testing.gui.sparse_cases import choose_pair
from Testing.gui.stand_in_worker import STAGES


@pytest.fixture
def finished(sparse_panel, clean, monkeypatch, finished_sparse_folder):
    """Register, by a worker that has the result already."""
    choose_pair(sparse_panel, segmentations=True)
    finish(clean, sparse_panel, monkeypatch, finished_sparse_folder)
    return sparse_panel


def finish(host, panel, monkeypatch, folder):
    """Press Apply and let the stand-in hand out a folder."""
    use_worker(monkeypatch, "finish", folder)
    panel.ui.applyButton.click()
    wait_for_the_end(host, panel)


def start_and_stay(host, panel, monkeypatch):
    """Start a job that goes on for ever; return its process."""
    choose_pair(panel, segmentations=True)
    use_worker(monkeypatch, "stay", STAGES[1])
    panel.ui.applyButton.click()
    host.wait_until(lambda: panel.ui.statusLabel.text.startswith(STAGES[1]))
    return worker_pid(panel)


def aligned(panel):
    """Return the registered atlas."""
    node = panel.logic.getParameterNode().parameterNode
    return node.GetNodeReference("VolumePreservingReg.result.alignedVolume")


def what_is_shown(panel):
    """Return the numbers, the mark and the name of the panel's result."""
    return (cells(panel.ui.carriedTable), panel.ui.staleLabel.text, aligned(panel).GetName())


def cells(table):
    """Return the texts of a table."""
    return [
        [table.item(row, column).text() for column in range(table.columnCount)]
        for row in range(table.rowCount)
    ]


def test_canceling_leaves_the_scene_as_it_was(sparse_panel, clean, monkeypatch):
    pid = start_and_stay(clean, sparse_panel, monkeypatch)
    before = node_names()
    text = sparse_panel.ui.applyButton.text

    sparse_panel.ui.applyButton.click()
    wait_for_the_end(clean, sparse_panel)

    assert text == "Cancel"
    assert sparse_panel.ui.statusLabel.text == "Canceled. Nothing was added to the scene."
    assert node_names() == before
    assert not is_alive(pid)
    assert sparse_panel.ui.showSlicesButton.enabled
    assert job_folders() == []


def test_a_failure_is_shown_in_the_words_of_the_worker(sparse_panel, clean, monkeypatch):
    choose_pair(sparse_panel)
    use_worker(monkeypatch, "fail", "bad_input", "Give the mask of the acquired slices.")
    before = node_names()

    sparse_panel.ui.applyButton.click()
    wait_for_the_end(clean, sparse_panel)

    assert sparse_panel.ui.statusLabel.text == "Give the mask of the acquired slices."
    assert node_names() == before


@pytest.mark.parametrize("name", ["warped.nii.gz", "labels.nii.gz", "inverse.h5"])
def test_a_damaged_result_adds_nothing(
    sparse_panel, clean, monkeypatch, finished_sparse_folder, tmp_path, name
):
    damaged = tmp_path / "damaged"
    shutil.copytree(finished_sparse_folder, damaged)
    (damaged / name).write_bytes(b"nothing")
    choose_pair(sparse_panel, segmentations=True)
    before = node_names()

    finish(clean, sparse_panel, monkeypatch, damaged)

    assert "damaged" in sparse_panel.ui.statusLabel.text
    assert node_names() == before


def test_closing_the_scene_ends_the_job_and_adds_nothing(sparse_panel, clean, monkeypatch):
    pid = start_and_stay(clean, sparse_panel, monkeypatch)

    clean.close_scene()
    wait_for_the_end(clean, sparse_panel)

    assert not is_alive(pid)
    assert not [name for name in node_names() if "aligned" in name]
    assert not sparse_panel.ui.applyButton.enabled


def test_reloading_the_module_ends_the_job_at_once(sparse_panel, clean, monkeypatch):
    pid = start_and_stay(clean, sparse_panel, monkeypatch)

    reloaded = clean.reload_module("SparseVMReg")

    assert not is_alive(pid)
    assert reloaded is not sparse_panel
    assert reloaded.ui.applyButton.text == "Apply"


def test_a_saved_scene_shows_the_same_panel_and_the_same_results(finished, clean, tmp_path):
    from SparseVMRegLib.panel.choices import ComparisonChoice
    from VolumePreservingRegLib.panel.choices import Similarity

    parameters = finished.logic.getParameterNode()
    parameters.similarity = Similarity.MIND_SSC
    parameters.comparison = ComparisonChoice.SCAN_AND_ATLAS
    shown = (
        cells(finished.ui.carriedTable),
        finished.ui.staleLabel.text,
        aligned(finished).GetName(),
    )
    clean.save_scene(tmp_path / "scene.mrb")

    clean.open_scene(tmp_path / "scene.mrb")

    ui = finished.ui
    assert ui.atlasSelector.currentNode().GetName() == "Atlas"
    assert ui.similarityComboBox.currentText == Similarity.MIND_SSC.label()
    assert ui.compareComboBox.currentText == ComparisonChoice.SCAN_AND_ATLAS.label()
    assert what_is_shown(finished) == shown


def test_a_click_on_a_structure_brings_the_views_to_it(finished):
    import slicer

    view = slicer.app.layoutManager().sliceWidget("VPRTopAxial").mrmlSliceNode()
    view.SetSliceOffset(5.0)

    finished.ui.carriedTable.cellClicked.emit(0, 1)

    # The core lies in the middle of 32 voxels of 2 mm.
    assert view.GetSliceOffset() == pytest.approx(31.0, abs=6.0)


def test_slices_shown_before_saving_are_shown_again(sparse_panel, clean, tmp_path):
    from SparseVMRegLib.panel.slices_section import keep

    _, scan = choose_pair(sparse_panel)
    parameters = sparse_panel.logic.getParameterNode()
    keep("8 slices", parameters, volume=scan)
    clean.save_scene(tmp_path / "scene.mrb")

    clean.open_scene(tmp_path / "scene.mrb")

    assert sparse_panel.ui.slicesLabel.text == "8 slices"
    assert sparse_panel.logic.getParameterNode().slicesVolume.GetName() == "Clinical"


def test_another_setting_marks_the_result_and_the_old_one_takes_the_mark_off(finished):
    parameters = finished.logic.getParameterNode()
    name = aligned(finished).GetName()

    parameters.windowRadius = 5
    marked = (finished.ui.staleLabel.text, aligned(finished).GetName())
    parameters.windowRadius = 3

    assert "Press Apply again" in marked[0]
    assert marked[1] != name
    assert finished.ui.staleLabel.text == ""
    assert aligned(finished).GetName() == name


def test_a_second_result_of_the_same_scans_replaces_the_first(
    finished, clean, monkeypatch, finished_sparse_folder
):
    import slicer

    first, count = aligned(finished), slicer.mrmlScene.GetNumberOfNodes()

    finish(clean, finished, monkeypatch, finished_sparse_folder)

    assert first.GetScene() is None
    assert aligned(finished).GetName() == "Atlas aligned to Clinical"
    assert slicer.mrmlScene.GetNumberOfNodes() == count


@pytest.mark.usefixtures("finished")
def test_both_modules_keep_their_results_apart(clean):
    other = clean.open_module("VolumePreservingReg")

    assert other.ui.measuredTable.isHidden()
    assert clean.open_module("SparseVMReg").ui.carriedTable.rowCount == 1
