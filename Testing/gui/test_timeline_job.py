"""Register all time points with the real worker, cancel it, and let it fail."""

from __future__ import annotations

import pytest

from Testing.gui.panel_cases import (
    choose_scans,
    is_alive,
    job_folders,
    node_names,
    press_apply,
    use_worker,
)
from Testing.gui.stand_in_worker import STAGES
from Testing.gui.timeline_cases import (
    DAYS,
    GROWS,
    VANISHES,
    draw_more,
    register_all,
    result_of,
    select,
    store_of,
)


def worker_pid(panel):
    """Return the number of the process."""
    return panel.timeline.job._runner._process.process_id


def test_register_all_measures_known_lesions_with_the_real_worker(listed, clean):
    panel, _ = listed

    register_all(clean, panel)

    rows = {one.at: one for one in panel.timeline.results.rows}
    assert panel.timeline.ui.timelineStatusLabel.text.startswith("Finished in")
    for lesion, volumes in (("L1", GROWS), ("L2", VANISHES)):
        for day, true_ml in zip(DAYS, volumes, strict=True):
            found = rows[lesion, day]
            if true_ml:
                assert abs(found.ml - true_ml) <= found.uncertaintyMl
            else:
                assert (found.event, found.ml) == ("vanished", None)
    assert rows["L1", DAYS[2]].doublingDays == pytest.approx(181 / 1.585, rel=0.15)
    assert job_folders() == []


def test_an_edit_makes_only_what_depends_on_it_anew(listed, clean, monkeypatch):
    panel, visits = listed
    register_all(clean, panel)
    before = {one.at: one for one in panel.timeline.results.rows}
    for day in DAYS[1:]:
        accept(panel, "L1", day, comment="seen")
    heard = []
    runner = panel.timeline.job._runner
    monkeypatch.setattr(runner, "_on_line", listening(runner, heard))

    draw_more(visits[2][1], visits[2][0])
    register_all(clean, panel)

    after = {one.at: one for one in panel.timeline.results.rows}
    said = {day: store_of(panel).reviews()["L1", day] for day in DAYS[1:]}
    last = next(line for line in heard if b'"finished"' in line)
    assert b'"registered": 2' in last
    assert b'"reused": 1' in last
    assert after["L1", DAYS[1]] == before["L1", DAYS[1]]
    assert after["L1", DAYS[2]].ml > before["L1", DAYS[2]].ml
    assert store_of(panel).edited() == []
    # The verdict was on the measurement, which is another one now; the comment is kept.
    assert [said[day].verdict.value for day in DAYS[1:]] == ["accepted", ""]
    assert [said[day].comment for day in DAYS[1:]] == ["seen", "seen"]


def accept(panel, lesion, day, *, comment):
    """Accept a row and comment on it."""
    select(panel, lesion, day)
    panel.timeline.ui.acceptButton.click()
    panel.timeline.ui.commentLineEdit.setText(comment)
    panel.timeline.ui.commentLineEdit.editingFinished.emit()


def listening(runner, heard):
    """Return what the runner does with a line, noting it."""
    usual = runner._on_line

    def on_line(line):
        heard.append(line)
        usual(line)

    return on_line


def test_canceling_leaves_the_scene_as_it_was_and_nothing_behind(listed, clean, monkeypatch):
    panel, _ = listed
    use_worker(monkeypatch, "stay", STAGES[2])
    before = node_names()
    ui = panel.timeline.ui
    ui.registerAllButton.click()
    clean.wait_until(lambda: ui.timelineStatusLabel.text.startswith(STAGES[2]))
    pid = worker_pid(panel)
    text = (ui.registerAllButton.text, ui.timelineProgressBar.value)

    register_all(clean, panel)

    assert text == ("Cancel", 35)
    assert ui.timelineStatusLabel.text == "Canceled. Nothing was added to the scene."
    assert ui.timelineProgressBar.isHidden()
    assert node_names() == before
    assert not is_alive(pid)
    assert job_folders() == []


@pytest.mark.parametrize("what", [("fail", "bad_input", "Do it otherwise."), ("vanish",)])
def test_a_job_that_fails_says_why_and_leaves_nothing(listed, clean, monkeypatch, what):
    panel, _ = listed
    use_worker(monkeypatch, *what)
    before = node_names()

    register_all(clean, panel)

    said = panel.timeline.ui.timelineStatusLabel.text
    assert said == "Do it otherwise." if what[0] == "fail" else "ended unexpectedly" in said
    assert node_names() == before
    assert job_folders() == []


def test_a_damaged_result_adds_nothing(listed, clean, monkeypatch, followed_folder, tmp_path):
    import shutil

    panel, _ = listed
    damaged = tmp_path / "damaged"
    shutil.copytree(followed_folder, damaged)
    (damaged / "baseline_space" / "3-lesions.nii.gz").write_bytes(b"nothing")
    use_worker(monkeypatch, "finish", damaged)
    before = node_names()

    register_all(clean, panel)

    assert "could not be brought into the scene" in panel.timeline.ui.timelineStatusLabel.text
    assert node_names() == before
    assert result_of(panel) is None


def test_an_input_that_went_meanwhile_adds_nothing(listed, clean, monkeypatch, followed_folder):
    panel, visits = listed
    use_worker(monkeypatch, "finish", followed_folder)
    panel.timeline.ui.registerAllButton.click()

    clean.scene.RemoveNode(visits[1][1])
    clean.wait_until(lambda: not panel.timeline.runs)

    assert "no longer in the scene" in panel.timeline.ui.timelineStatusLabel.text
    assert result_of(panel) is None


def test_one_job_runs_at_a_time(listed, clean, monkeypatch):
    panel, _ = listed
    choose_scans(panel)
    use_worker(monkeypatch, "stay", STAGES[1])
    clean.process_events()

    panel.timeline.ui.registerAllButton.click()
    apply = (panel.ui.applyButton.enabled, panel.ui.applyButton.toolTip)
    register_all(clean, panel)
    press_apply(panel)
    other = panel.timeline.ui.registerAllButton
    waits = (other.enabled, other.toolTip)
    press_apply(panel)
    clean.wait_until(lambda: not panel.job.runs)

    assert not apply[0]
    assert "Wait" in apply[1]
    assert not waits[0]
    assert "Wait" in waits[1]
    assert panel.ui.applyButton.enabled
    assert other.enabled


def test_closing_the_scene_or_the_module_ends_the_job(listed, clean, monkeypatch):
    panel, _ = listed
    use_worker(monkeypatch, "stay", STAGES[1])
    panel.timeline.ui.registerAllButton.click()
    clean.wait_until(lambda: panel.timeline.ui.timelineStatusLabel.text.startswith(STAGES[1]))
    pid = worker_pid(panel)

    clean.close_module("VolumePreservingReg")

    assert not is_alive(pid)
    assert job_folders() == []


def test_edits_start_the_job_by_itself(followed, clean, monkeypatch):
    panel, visits = followed
    panel.timeline._quiet.setInterval(10)
    seen = []
    monkeypatch.setattr(panel.timeline, "start", lambda: seen.append(store_of(panel).edited()))

    draw_more(visits[1][1], visits[1][0])
    clean.wait_until(lambda: seen)

    assert seen[0] == [store_of(panel).points()[1].key]
