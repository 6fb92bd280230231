"""VolumePreservingRegLogic().register, for scripts."""

from __future__ import annotations

import pytest

from Testing.gui.panel_cases import add_scan, add_tumor, job_folders, node_names, use_worker
from Testing.gui.stand_in_worker import STAGES


@pytest.fixture
def logic(panel):
    """Return a logic of its own."""
    import VolumePreservingReg

    assert panel
    return VolumePreservingReg.VolumePreservingRegLogic()


@pytest.fixture
def scans(clean):
    """Add two scans."""
    assert clean
    return add_scan("Baseline", tumor_radius=4.0), add_scan("Follow-up", tumor_radius=5.0)


def test_it_blocks_and_returns_the_nodes(logic, scans, monkeypatch, finished_folder):
    use_worker(monkeypatch, "finish", finished_folder)
    heard = []

    nodes = logic.register(
        *scans,
        movingTumor=add_tumor(scans[1], radius=5.0),
        progress=lambda *what: heard.append(what),
    )

    assert nodes.alignedVolume.GetScene() is not None
    assert nodes.tumorTable.GetNumberOfRows() == 1
    assert [stage for stage, _ in heard[: len(STAGES)]] == list(STAGES)
    assert job_folders() == []


def test_what_progress_raises_ends_the_job_and_comes_out(logic, scans, monkeypatch):
    use_worker(monkeypatch, "stay", STAGES[2])
    before = node_names()

    def stop(_stage, _fraction):
        msg = "enough"
        raise KeyError(msg)

    with pytest.raises(KeyError, match="enough"):
        logic.register(*scans, progress=stop)

    assert node_names() == before
    assert job_folders() == []


def test_a_failure_is_raised_with_the_sentence_of_the_worker(logic, scans, monkeypatch):
    use_worker(monkeypatch, "fail", "bad_input", "Give another scan.")

    with pytest.raises(RuntimeError, match="Give another scan"):
        logic.register(*scans)


def test_unusable_inputs_are_refused_before_anything_starts(logic, scans):
    import slicer

    empty = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "Empty")

    with pytest.raises(ValueError, match="Empty holds no voxels"):
        logic.register(scans[0], empty)

    assert job_folders() == []


def test_missing_torch_is_explained(logic, scans, monkeypatch):
    monkeypatch.setattr("VolumePreservingRegLib.run.blocking.torch_is_installed", lambda: False)

    with pytest.raises(RuntimeError, match="Install PyTorch first"):
        logic.register(*scans)
