"""Press Apply, and press it again."""

from __future__ import annotations

import re
import shutil

import pytest

from Testing.gui.panel_cases import (
    choose_scans,
    is_alive,
    job_folders,
    node_names,
    press_apply,
    use_worker,
    wait_for_the_end,
    worker_pid,
)
from Testing.gui.stand_in_worker import STAGES


def reach(host, panel, stage):
    """Wait until the panel shows a stage."""
    host.wait_until(lambda: panel.ui.statusLabel.text.startswith(stage))


def test_apply_registers_with_the_real_worker_and_shows_the_result(panel, clean):
    baseline, _ = choose_scans(panel, tumors=True)

    press_apply(panel)
    wait_for_the_end(clean, panel)

    parameters = panel.logic.getParameterNode().parameterNode
    aligned = parameters.GetNodeReference("VolumePreservingReg.result.alignedVolume")
    assert panel.ui.statusLabel.text.startswith("Finished in"), panel.ui.statusLabel.text
    assert aligned.GetImageData().GetDimensions() == baseline.GetImageData().GetDimensions()
    assert panel.ui.measuredTable.rowCount == 1
    assert panel.ui.alignmentTable.item(0, 0).text() == "Tumor"
    assert panel.ui.compareComboBox.currentText == "Baseline | follow-up aligned"
    assert job_folders() == []


def test_apply_turns_into_cancel_while_a_job_runs(panel, clean, monkeypatch):
    choose_scans(panel)
    use_worker(monkeypatch, "stay", STAGES[2])

    press_apply(panel)
    reach(clean, panel, STAGES[2])

    assert panel.ui.applyButton.text == "Cancel"
    assert panel.ui.applyButton.enabled
    assert panel.ui.statusLabel.text == "Similarity-only registration, about 5 s left"
    assert not panel.ui.progressBar.isHidden()
    assert panel.ui.progressBar.value == 35
    press_apply(panel)
    wait_for_the_end(clean, panel)
    assert panel.ui.applyButton.text == "Apply"
    assert panel.ui.progressBar.isHidden()


@pytest.mark.parametrize("stage", STAGES)
def test_canceling_in_any_stage_leaves_the_scene_as_it_was(panel, clean, monkeypatch, stage):
    choose_scans(panel)
    use_worker(monkeypatch, "stay", stage)
    before = node_names()
    press_apply(panel)
    reach(clean, panel, stage)
    pid = worker_pid(panel)

    press_apply(panel)
    text_meanwhile = panel.ui.applyButton.text
    wait_for_the_end(clean, panel)

    assert text_meanwhile == "Canceling"
    assert panel.ui.statusLabel.text == "Canceled. Nothing was added to the scene."
    assert node_names() == before
    assert not is_alive(pid)
    assert job_folders() == []


def test_canceling_before_the_first_word_of_the_worker_ends_it(panel, clean, monkeypatch):
    choose_scans(panel)
    use_worker(monkeypatch, "stay", STAGES[0])

    press_apply(panel)
    press_apply(panel)
    wait_for_the_end(clean, panel)

    assert panel.ui.statusLabel.text == "Canceled. Nothing was added to the scene."
    assert job_folders() == []


def test_the_log_tells_each_stage_once_with_its_time(panel, clean, monkeypatch, finished_folder):
    choose_scans(panel)
    use_worker(monkeypatch, "finish", finished_folder)

    press_apply(panel)
    wait_for_the_end(clean, panel)

    lines = panel.ui.logTextEdit.plainText.splitlines()
    timed = [line.split(" ", 1) for line in lines if re.match(r"\d\d:\d\d:\d\d ", line)]
    assert [stage for _, stage in timed] == [*STAGES, "Bringing the result into the scene"]


def test_the_log_shows_what_the_worker_warned_of(panel, clean, monkeypatch, finished_folder):
    choose_scans(panel)
    use_worker(monkeypatch, "finish", finished_folder)

    press_apply(panel)
    wait_for_the_end(clean, panel)

    assert "hard to align" in panel.ui.logTextEdit.plainText


def test_intermediate_results_are_kept_on_demand(panel, clean, monkeypatch, finished_folder):
    choose_scans(panel)
    panel.logic.getParameterNode().keepIntermediate = True
    use_worker(monkeypatch, "finish", finished_folder)

    press_apply(panel)
    wait_for_the_end(clean, panel)

    (kept,) = job_folders()
    assert (kept / "result" / "result.json").is_file()
    assert str(kept) in panel.ui.logTextEdit.plainText
    shutil.rmtree(kept)
