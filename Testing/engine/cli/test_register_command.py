"""`vpreg register`, with a worker whose recipe is quick."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from Testing.engine.cli.small_files import Vpreg
from vpreg.cli import worker_process
from vpreg.cli.commands.register import affine_choice, organ_choice
from vpreg.cli.register_options import AffineChoice, ModeChoice, RecipeChoice
from vpreg.cli.register_progress import time_left
from vpreg.cli.register_settings import solver_settings
from vpreg.job.job import OrganChoice
from vpreg.job.process_environment import FOR_COMPUTING

ROOT = Path(__file__).resolve().parents[3]
FAKE = ("-m", "Testing.engine.worker.fake_worker")
SLOW_VPREG = f"""
import json
from vpreg.cli import worker_process
from vpreg.cli.application import application
from vpreg.job import files
worker_process.WORKER = {FAKE!r}
write = files.write_job
def slow(job, path):
    write(job, path)
    content = json.loads(path.read_text())
    content["settings"] = {{"steps": 1000, "pause_s": 0.05}}
    path.write_text(json.dumps(content))
    print(path, flush=True)
worker_process.write_job = slow
application()
"""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "WORKER", FAKE)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.usefixtures("quick")
def test_it_says_what_came_out_and_where_it_lies(vpreg: Vpreg, scan: Path, tmp_path: Path) -> None:
    done = vpreg("register", scan, scan, "--output", tmp_path / "out")

    assert done.exit_code == 0, done.stderr
    assert "Folded voxels" in done.stdout
    assert f"Result: {tmp_path / 'out'}\n" in done.stdout
    assert f"Report: {tmp_path / 'out' / 'report.html'}\n" in done.stdout
    assert done.stderr == "The scans look alike.\n"
    assert (tmp_path / "out" / "result.json").is_file()


@pytest.mark.usefixtures("quick")
def test_register_prints_one_json_object(vpreg: Vpreg, scan: Path, tmp_path: Path) -> None:
    done = vpreg("register", scan, scan, "-o", tmp_path / "out", "--json", "--no-report")

    found = json.loads(done.stdout)
    assert found["event"] == "finished"
    assert found["report"] is None
    assert found["figures"]["final"]["field"] == {"folded_voxels": 0}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no.nii.gz"], "moving scan"),
        (["scan.nii.gz", "--organ", "no.nii.gz:3"], "path of the organ"),
        (["scan.nii.gz", "--affine", "afine"], "path of the affine transform"),
        (["scan.nii.gz", "--output", "scan.nii.gz"], "Choose another"),
        (["scan.nii.gz", "--iterations", "60;40"], "Give whole numbers with commas"),
        (["scan.nii.gz", "--dates", "2026-03-14", "May"], "May is none"),
    ],
)
def test_bad_input_is_refused_before_a_worker_starts(
    vpreg: Vpreg,
    scan: Path,
    tmp_path: Path,
    words: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(worker_process, "WORKER", ("-c", "raise SystemExit(9)"))

    done = vpreg("register", scan, "--output", "out", *words)

    assert done.exit_code == 2
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["scan.nii.gz"]


def test_a_worker_that_dies_gets_a_sentence(
    vpreg: Vpreg, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import os; os.kill(os.getpid(), 9)"
    monkeypatch.setattr(worker_process, "WORKER", ("-c", program))

    done = vpreg("register", scan, scan, "--output", tmp_path / "out")

    assert done.exit_code == 1
    assert "(status -9)" in done.stderr
    assert not (tmp_path / "out").exists()


def heed_ctrl_c() -> None:
    """Heed Ctrl-C even if the tests run in the background, where shells have it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_worker_and_leaves_nothing(
    scan: Path, tmp_path: Path, number: signal.Signals
) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SLOW_VPREG, "register", scan, scan, "-o", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,
    )
    job = run.stdout.readline().strip()
    time.sleep(6.0)

    run.send_signal(number)
    _out, said = run.communicate(timeout=20)

    assert (run.returncode, said) == (130, "Stopped: nothing was written.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["scan.nii.gz"]
    assert not Path(job).parent.exists()
    assert job not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout


def test_a_file_after_affine_takes_the_place_of_the_alignment(tmp_path: Path) -> None:
    assert affine_choice("rigid") == ("rigid", None)
    assert affine_choice(str(tmp_path / "a.h5")) == ("none", tmp_path / "a.h5")


@pytest.mark.parametrize(
    ("word", "path", "label"),
    [("/a/o.nii", "/a/o.nii", None), ("/a/o.nii:7", "/a/o.nii", 7), ("/a:b/o", "/a:b/o", None)],
)
def test_an_organ_is_a_file_and_perhaps_a_label(word: str, path: str, label: int | None) -> None:
    assert organ_choice(word) == OrganChoice(Path(path), label)


@pytest.mark.parametrize(
    ("seconds", "said"), [(None, ""), (12.4, "12 s left"), (125.0, "2 min 5 s left")]
)
def test_the_time_left_is_said_as_a_person_does(seconds: float | None, said: str) -> None:
    assert time_left(seconds) == said


def test_register_offers_the_choices_of_the_engine() -> None:
    from vpreg.recipes.settings import Mode, Recipe
    from vpreg.solvers.affine import AffineKind

    pairs = ((RecipeChoice, Recipe), (ModeChoice, Mode), (AffineChoice, AffineKind))

    for offered, known in pairs:
        assert {choice.value for choice in offered} == {choice.value for choice in known}


def test_the_options_of_the_solver_become_settings_that_the_engine_knows() -> None:
    from vpreg.recipes.settings import Settings

    plain = solver_settings("mutual-information", 2.0, "30,20,10,5")
    settings = Settings.from_json_dict(plain)

    assert settings.similarity.iterations == (30, 20, 10, 5)
    assert settings.similarity.factors == (8, 4, 2, 1)
    for stage, usual in (
        (settings.similarity, Settings().similarity),
        (settings.volume.solver, Settings().volume.solver),
    ):
        assert stage.similarity.value == "mutual-information"
        assert stage.force_smoothing_voxels == 2.0
        assert stage.step_voxels == usual.step_voxels
    assert settings.volume.solver.iterations == Settings().volume.solver.iterations
    assert Settings.from_json_dict(solver_settings("local-ncc", None, None)) == Settings()


@pytest.mark.usefixtures("quick")
def test_what_was_asked_for_reaches_the_job(
    vpreg: Vpreg, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = []
    monkeypatch.setattr(worker_process, "write_job", lambda job, _path: jobs.append(job) or 1 / 0)

    words = ["--method", "paper", "--dates", "2026-01-02", "2026-03-14", "--moving-series", "1.2"]
    vpreg("register", scan, scan, "-o", tmp_path / "out", "--similarity", "mind-ssc", *words)

    (job,) = jobs
    assert job.settings["method"] == "paper"
    assert job.settings["similarity"] == {"similarity": "mind-ssc"}
    assert (job.fixed_series, job.moving_series) == (None, "1.2")
    assert (job.fixed_date, job.moving_date) == ("2026-01-02", "2026-03-14")


def test_the_worker_starts_in_the_environment_for_computing(tmp_path: Path) -> None:
    show = ("-c", "import json, os; print(json.dumps(dict(os.environ)))")

    with (tmp_path / "log").open("wb") as log:
        said, _ = worker_process.start(tmp_path / "job.json", log, worker=show).communicate()

    assert json.loads(said).items() >= {**FOR_COMPUTING, **os.environ}.items()
