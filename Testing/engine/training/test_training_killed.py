"""A training that is killed, at whatever moment, goes on and comes to the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from Testing.engine.training.test_training_resume import TWO_STAGES, same_weights, steps_in_log
from Testing.engine.training.training_cases import run_training, tiny_settings
from vpreg.training.loop.state import load_state

ROOT = Path(__file__).resolve().parents[3]
TRAIN = f"""
import sys
from pathlib import Path
from Testing.engine.training.training_cases import run_training, tiny_settings
folder = Path(sys.argv[1])
run_training(tiny_settings(folder.parent, stages={TWO_STAGES!r}), folder)
"""
SLOW = """
import time
from vpreg.training.loop.learner import Learner
learn = Learner.learn
def slow(self, *given, **named):
    time.sleep(0.1)
    return learn(self, *given, **named)
Learner.learn = slow
"""
KILLED_WHILE_WRITING = """
import io, os, signal, torch
from vpreg.training.loop import state
write, calls = torch.save, []
def half(content, file):
    whole = io.BytesIO()
    write(content, whole)
    calls.append(1)
    if len(calls) < {which}:
        file.write(whole.getvalue())
        return
    file.write(whole.getvalue()[: len(whole.getvalue()) // 2])
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
state.torch.save = half
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def start(program: str, folder: Path) -> subprocess.Popen[bytes]:
    threads = {"OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}
    environment = {**os.environ, **threads, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", program, str(folder)], env=environment)


def wait_for_steps(folder: Path, count: int) -> None:
    log, deadline = folder / "log.jsonl", time.monotonic() + 60
    while not (log.exists() and log.read_text().count('"event": "step"') >= count):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("undisturbed")
    return run_training(tiny_settings(folder, stages=TWO_STAGES), folder / "out").models


@pytest.mark.parametrize("steps", [3, 8])
def test_killed_between_two_steps_it_ends_with_the_same_weights(
    tmp_path: Path, undisturbed: list[Path], steps: int
) -> None:
    process = start(SLOW + TRAIN, tmp_path / "out")
    wait_for_steps(tmp_path / "out", steps)
    process.kill()

    assert process.wait() == -signal.SIGKILL
    resumed = run_training(tiny_settings(tmp_path, stages=TWO_STAGES), tmp_path / "out").models
    assert all(same_weights(a, b) for a, b in zip(undisturbed, resumed, strict=True))
    assert steps_in_log(tmp_path / "out") == list(range(1, 11))


def test_killed_while_the_state_is_written_it_goes_on_from_the_one_before(
    tmp_path: Path, undisturbed: list[Path]
) -> None:
    process = start(KILLED_WHILE_WRITING.format(which=2) + TRAIN, tmp_path / "out")

    assert process.wait() == -signal.SIGKILL
    kept = load_state(tmp_path / "out")
    assert kept is not None
    assert kept.step == 2
    resumed = run_training(tiny_settings(tmp_path, stages=TWO_STAGES), tmp_path / "out").models
    assert all(same_weights(a, b) for a, b in zip(undisturbed, resumed, strict=True))
    assert not list((tmp_path / "out").glob("*.part"))
