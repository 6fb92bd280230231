"""Jobs that end without a result add nothing, leave no process, and say why."""

from __future__ import annotations

import os
import shutil
import signal

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


def start_and_stay(host, panel, monkeypatch):
    """Start a job that goes on for ever; return its process."""
    choose_scans(panel)
    use_worker(monkeypatch, "stay", STAGES[1])
    press_apply(panel)
    host.wait_until(lambda: panel.ui.statusLabel.text.startswith(STAGES[1]))
    return worker_pid(panel)


def test_the_sentence_of_the_worker_is_shown(panel, clean, monkeypatch):
    choose_scans(panel)
    use_worker(monkeypatch, "fail", "bad_input", "Give another scan: this one is empty.")
    before = node_names()

    press_apply(panel)
    wait_for_the_end(clean, panel)

    assert panel.ui.statusLabel.text == "Give another scan: this one is empty."
    assert "Traceback: somewhere" in panel.ui.logTextEdit.plainText
    assert node_names() == before
    assert job_folders() == []


def test_a_fault_of_the_program_opens_the_log(panel, clean, monkeypatch):
    choose_scans(panel)
    use_worker(monkeypatch, "fail", "fault", "Report this fault of the program with its log: X")

    press_apply(panel)
    wait_for_the_end(clean, panel)

    assert not panel.ui.logCollapsibleButton.collapsed


def test_a_worker_killed_by_the_system_is_explained(panel, clean, monkeypatch):
    pid = start_and_stay(clean, panel, monkeypatch)
    before = node_names()

    os.kill(pid, signal.SIGKILL)
    wait_for_the_end(clean, panel)

    assert "memory" in panel.ui.statusLabel.text
    assert node_names() == before
    assert panel.ui.applyButton.text == "Apply"


def test_a_python_that_cannot_be_started_is_explained(panel, clean, monkeypatch):
    from VolumePreservingRegLib.run.process import Command

    choose_scans(panel)
    monkeypatch.setattr(
        "VolumePreservingRegLib.run.registration.worker_command",
        lambda _folder, **_options: Command("/nowhere/python-real", [], {}),
    )

    press_apply(panel)
    wait_for_the_end(clean, panel)

    assert "could not be started" in panel.ui.statusLabel.text
    assert job_folders() == []


def test_closing_the_scene_ends_the_job_and_adds_nothing(panel, clean, monkeypatch):
    pid = start_and_stay(clean, panel, monkeypatch)

    clean.close_scene()
    wait_for_the_end(clean, panel)

    assert not is_alive(pid)
    assert not [name for name in node_names() if "aligned" in name]
    assert not panel.ui.applyButton.enabled


def test_reloading_the_module_ends_the_job_at_once(panel, clean, monkeypatch):
    pid = start_and_stay(clean, panel, monkeypatch)

    reloaded = clean.reload_module("VolumePreservingReg")

    assert not is_alive(pid)
    assert reloaded is not panel
    assert reloaded.ui.applyButton.text == "Apply"
    assert job_folders() == []


@pytest.mark.parametrize("last_call", ["cleanup", "onAboutToQuit"])
def test_no_process_outlives_the_panel(panel, clean, monkeypatch, last_call):
    pid = start_and_stay(clean, panel, monkeypatch)

    getattr(panel, last_call)()

    assert not is_alive(pid)


def test_a_worker_that_hears_nothing_is_killed(panel, clean, monkeypatch):
    monkeypatch.setattr("VolumePreservingRegLib.run.job_runner.REQUEST_MS", 100)
    monkeypatch.setattr("VolumePreservingRegLib.run.job_runner.TERMINATE_MS", 100)
    choose_scans(panel)
    use_worker(monkeypatch, "deaf")
    press_apply(panel)
    clean.wait_until(lambda: panel.ui.statusLabel.text.startswith(STAGES[0]))
    pid = worker_pid(panel)

    press_apply(panel)
    wait_for_the_end(clean, panel)

    assert not is_alive(pid)
    assert panel.ui.statusLabel.text == "Canceled. Nothing was added to the scene."


def test_a_scan_removed_meanwhile_spoils_the_result(panel, clean, monkeypatch, finished_folder):
    import slicer

    _, follow_up = choose_scans(panel)
    use_worker(monkeypatch, "finish", finished_folder)
    press_apply(panel)
    slicer.mrmlScene.RemoveNode(follow_up)
    before = node_names()

    wait_for_the_end(clean, panel)

    assert "no longer in the scene" in panel.ui.statusLabel.text
    assert node_names() == before


def test_a_damaged_result_adds_nothing(panel, clean, monkeypatch, finished_folder, tmp_path):
    damaged = tmp_path / "damaged"
    shutil.copytree(finished_folder, damaged)
    (damaged / "jacobian.nii.gz").write_bytes(b"no image")
    choose_scans(panel)
    use_worker(monkeypatch, "finish", damaged)
    before = node_names()

    press_apply(panel)
    wait_for_the_end(clean, panel)

    assert "damaged" in panel.ui.statusLabel.text
    assert node_names() == before
