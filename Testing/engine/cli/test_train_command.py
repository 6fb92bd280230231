"""`vpreg train`."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn

from Testing.engine.cli.small_files import Vpreg
from Testing.engine.training.test_training_resume import steps_in_log
from Testing.engine.training.training_cases import tiny_config
from vpreg.cli.train_progress import Bars
from vpreg.cli.train_words import Pace, duration, validation_words
from vpreg.networks.store import load_model
from vpreg.training.loop.events import StageBegan, StepDone, Validated
from vpreg.training.loop.one_training import only_training
from vpreg.training.loop.stages import Stage, StageKind

ROOT = Path(__file__).resolve().parents[3]
MAIN = "from vpreg.cli import main; main()"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(tiny_config(stages="similarity = 3"))
    return path


def test_it_trains_and_says_how_to_use_the_model(
    vpreg: Vpreg, config: Path, tmp_path: Path
) -> None:
    done = vpreg("train", config, "--output", tmp_path / "out", "--device", "cpu")

    model = tmp_path / "out" / "tiny.safetensors"
    assert done.exit_code == 0, done.stderr
    assert f"--solver network --model {model}\n" in done.stdout
    assert "Validation at step 3: loss" in done.stderr
    assert load_model(str(model)).card.training["device"] == "cpu"


def test_a_check_says_what_it_needs_and_writes_nothing(
    vpreg: Vpreg, config: Path, tmp_path: Path
) -> None:
    done = vpreg("train", config, "--output", tmp_path / "out", "--check")

    assert done.exit_code == 0, done.stderr
    for word in ("parameters", "memory", "seconds a step", "expected time"):
        assert word in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tiny.toml"]


def test_a_check_finds_scans_that_are_missing(vpreg: Vpreg, config: Path, tmp_path: Path) -> None:
    scans = 'source = "scans"\nscans = "no.csv"'
    config.write_text(tiny_config(stages="similarity = 3", data=scans))

    done = vpreg("train", config, "--output", tmp_path / "out", "--check")

    assert done.exit_code == 2
    assert "Check the path of the scans" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_mistake_in_the_config_is_one_sentence(
    vpreg: Vpreg, config: Path, tmp_path: Path
) -> None:
    config.write_text(tiny_config(stages='similarity = "many"'))

    done = vpreg("train", config, "-o", tmp_path / "out")

    assert done.exit_code == 2
    assert done.stderr == "Write a whole number for similarity in [stages]: 'many' is none.\n"


def test_a_changed_config_is_refused_and_force_starts_anew(
    vpreg: Vpreg, config: Path, tmp_path: Path
) -> None:
    words = ("train", config, "-o", tmp_path / "out")
    vpreg(*words)
    config.write_text(tiny_config(stages="similarity = 2"))

    refused = vpreg(*words)
    anew = vpreg(*words, "--force")

    assert refused.exit_code == 2
    assert "Put stages.similarity = 3 (now 2) back" in refused.stderr
    assert anew.exit_code == 0, anew.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other there")
def test_ctrl_c_keeps_the_state_and_the_same_command_goes_on(
    vpreg: Vpreg, config: Path, tmp_path: Path
) -> None:
    config.write_text(tiny_config(stages="similarity = 25"))
    out = tmp_path / "out"
    process = start_training(config, out)

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    again = vpreg("train", config, "-o", out)

    assert process.returncode == 130
    assert f"its state is kept in {out}. Give the same command again to go on." in said
    assert again.exit_code == 0, again.stderr
    assert "Going on after step" in again.stderr
    assert steps_in_log(out) == list(range(1, 26))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other there")
def test_a_second_training_is_refused_until_the_first_is_killed(
    vpreg: Vpreg, config: Path, tmp_path: Path
) -> None:
    config.write_text(tiny_config(stages="similarity = 25"))
    out = tmp_path / "out"
    process = start_training(config, out)
    process.send_signal(signal.SIGSTOP)
    before = written(out)

    refused = vpreg("train", config, "-o", out)
    forced = vpreg("train", config, "-o", out, "--force")
    after = written(out)
    process.kill()
    process.communicate(timeout=60)
    again = vpreg("train", config, "-o", out)

    assert refused.exit_code == forced.exit_code == 2
    assert refused.stderr.startswith(f"Wait until the training in {out} is over, stop it, or ")
    assert f"process {process.pid} on " in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert after == before
    assert process.returncode == -signal.SIGKILL
    assert again.exit_code == 0, again.stderr
    assert steps_in_log(out) == list(range(1, 26))


def test_a_check_does_not_mind_a_training_in_the_folder(
    vpreg: Vpreg, config: Path, tmp_path: Path
) -> None:
    with only_training(tmp_path / "out"):
        done = vpreg("train", config, "--output", tmp_path / "out", "--check")

    assert done.exit_code == 0, done.stderr


def start_training(config: Path, out: Path) -> subprocess.Popen[str]:
    """Train in a process of its own, and return when it is between its first and its last step."""
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "train", str(config), "-o", str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for_step(out / "log.jsonl")
    return process


def written(folder: Path) -> dict[str, tuple[int, int]]:
    """Return how long every file is and when it was written."""
    status = {path.name: path.stat() for path in folder.rglob("*")}
    return {name: (one.st_size, one.st_mtime_ns) for name, one in status.items()}


def wait_for_step(log: Path) -> None:
    deadline = time.monotonic() + 60
    while not (log.exists() and '"event": "step"' in log.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


STAGE = Stage(StageKind.SIMILARITY, "tiny", 0, 100)


def test_the_bar_shows_steps_loss_and_the_last_validation() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120)
    columns = (MofNCompleteColumn(), TextColumn("{task.fields[words]}"))

    with Progress(*columns, console=console) as bars:
        shown = Bars(bars)
        shown.hear(StageBegan(STAGE, 10, 1234))
        shown.hear(StepDone(STAGE, 11, 0.25))
        shown.hear(Validated(STAGE, 11, 0.5, {"dice": 0.7, "stsr_soft": 1.1}, is_best=True))

    text = screen.getvalue()
    assert "loss 0.2500" in text
    assert "11/100" in text
    assert "Dice 0.7, STSR 1.1, the best so far" in text


def test_skipped_steps_do_not_spoil_the_shown_loss() -> None:
    pace = Pace(STAGE)

    pace.hear(StepDone(STAGE, 1, 0.5))
    pace.hear(StepDone(STAGE, 2, float("nan"), skipped=True))

    assert pace.words(2).startswith("loss 0.5000")


def test_what_a_validation_cannot_know_is_left_out() -> None:
    event = Validated(STAGE, 5, 0.5, {"dice": float("nan"), "fold_share": 0.0}, is_best=False)

    assert validation_words(event) == "Validation at step 5: loss 0.5000, folds 0"


@pytest.mark.parametrize(
    ("seconds", "said"), [(5, "5 s"), (130, "2 min"), (5900, "98 min"), (36000, "10.0 h")]
)
def test_times_are_said_as_a_person_does(seconds: float, said: str) -> None:
    assert duration(seconds) == said
