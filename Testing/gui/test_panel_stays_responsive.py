"""Slicer's main thread stays free while a job runs, however much the worker says."""

from __future__ import annotations

import time

from Testing.gui.panel_cases import choose_scans, press_apply, use_worker, wait_for_the_end

LIMIT_S = 0.1


def longest_turn_s(host, until):
    """Pump events until a condition holds; return the most that one turn kept the thread busy.

    Time of the thread and not of the clock: what other programs take is not Slicer's.
    """
    longest = 0.0
    end = time.monotonic() + 30
    while not until() and time.monotonic() < end:
        begin = time.thread_time()
        host.process_events()
        longest = max(longest, time.thread_time() - begin)
        time.sleep(0.001)
    return longest


def test_nothing_takes_long_while_a_job_runs(panel, clean, monkeypatch):
    choose_scans(panel)
    use_worker(monkeypatch, "chatter", 400)
    press_apply(panel)

    longest = longest_turn_s(clean, lambda: "That was all" in panel.ui.logTextEdit.plainText)

    assert "That was all" in panel.ui.logTextEdit.plainText
    assert longest < LIMIT_S


def test_canceling_does_not_wait_for_the_worker(panel, clean, monkeypatch):
    choose_scans(panel)
    use_worker(monkeypatch, "deaf")
    monkeypatch.setattr("VolumePreservingRegLib.run.job_runner.REQUEST_MS", 300)
    press_apply(panel)
    clean.wait_until(lambda: panel.ui.statusLabel.text.startswith("Reading"))

    begin = time.monotonic()
    press_apply(panel)
    took_s = time.monotonic() - begin
    still_running = panel.job.runs
    monkeypatch.setattr("VolumePreservingRegLib.run.job_runner.TERMINATE_MS", 100)
    wait_for_the_end(clean, panel)

    assert still_running
    assert took_s < 1.0
