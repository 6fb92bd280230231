"""What goes wrong is told in a sentence, and the state is kept."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import torch

from Testing.engine.training.training_cases import Blobs, run_training, tiny_settings
from vpreg.training.loop import state as state_room
from vpreg.training.loop.events import StepDone
from vpreg.training.loop.state import load_state


def test_a_step_without_a_finite_loss_changes_nothing_and_is_counted(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path)
    source = Blobs(settings.data.home, broken=frozenset({1, 4}))

    found = run_training(settings, tmp_path / "out", source=source)

    skipped = [e.step for e in found.events if isinstance(e, StepDone) and e.skipped]
    kept = load_state(tmp_path / "out")
    assert skipped == [2, 5]
    assert kept is not None
    assert kept.skipped == 2
    assert all(bool(t.isfinite().all()) for t in (kept.network or {}).values())


def test_a_skipped_step_leaves_the_network_as_it_was(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path, stages="similarity = 1")
    untouched = run_training(
        settings, tmp_path / "out", source=Blobs(settings.data.home, broken=frozenset({0}))
    )
    trained = run_training(settings, tmp_path / "other")

    before, after = (
        load_state(folder.parent) for folder in (untouched.models[0], trained.models[0])
    )

    assert before is not None
    assert after is not None
    flow = next(name for name in before.network or {} if "flow" in name and "bias" in name)
    assert torch.count_nonzero((before.network or {})[flow]) == 0
    assert torch.count_nonzero((after.network or {})[flow]) > 0


def test_ten_such_steps_in_a_row_end_the_training(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path, stages="similarity = 40")
    source = Blobs(settings.data.home, broken=frozenset(range(5, 40)))

    with pytest.raises(ValueError, match="not finite in 10 steps in a row, up to step 15"):
        run_training(settings, tmp_path / "out", source=source)

    assert load_state(tmp_path / "out") is not None


def test_a_full_disk_is_told_and_the_old_state_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tiny_settings(tmp_path)
    save, calls = torch.save, []

    def fill_up(content, file):
        calls.append(1)
        if len(calls) == 1:
            save(content, file)
            return
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(state_room.torch, "save", fill_up)
    with pytest.raises(ValueError, match=r"Make room where .*No space left"):
        run_training(settings, tmp_path / "out")

    monkeypatch.undo()
    kept = load_state(tmp_path / "out")
    assert kept is not None
    assert kept.step == 2
    assert not list((tmp_path / "out").glob("*.part"))
