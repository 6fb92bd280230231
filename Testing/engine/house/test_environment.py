"""Making the environment, with the steps recorded instead of run."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from scripts.environment import __main__ as setup
from scripts.environment.errors import SetupError
from scripts.environment.purposes import FILES, requirement_files, watched_files
from scripts.environment.stamp import fingerprint, is_fresh, write_stamp
from scripts.environment.steps import attempt, step, succeeds

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that every step goes well; the venv's Python appears when it is made."""

    def make(venv: Path) -> Path:
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin" / "python").touch()
        return venv / "bin" / "python"

    monkeypatch.setattr(setup, "make_venv", make)
    monkeypatch.setattr(setup, "install_system", lambda _purposes: None)
    return tmp_path / "venv"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    purposes: list[str] = []
    monkeypatch.setattr(setup, "install_purpose", lambda purpose, _python: purposes.append(purpose))
    return purposes


def test_the_base_comes_first_and_a_repeat_does_nothing(venv: Path, installed: list[str]) -> None:
    setup.make_environment(["test", "lint"], venv)
    setup.make_environment(["test"], venv)

    assert installed == ["base", "test", "lint"]


def test_a_new_purpose_is_added_to_what_is_there(venv: Path, installed: list[str]) -> None:
    setup.make_environment([], venv)
    setup.make_environment(["bench"], venv)

    assert installed == ["base", "bench"]


def test_a_lost_python_starts_over(venv: Path, installed: list[str]) -> None:
    setup.make_environment([], venv)
    (venv / "bin" / "python").unlink()

    setup.make_environment([], venv)

    assert installed == ["base", "base"]


def test_a_changed_pin_makes_a_stamp_stale(tmp_path: Path) -> None:
    pins = tmp_path / "engine.txt"
    pins.write_text("numpy==1\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    before = fingerprint([pins], root=tmp_path)
    write_stamp(tmp_path, "base", before)

    pins.write_text("numpy==2\n")

    assert is_fresh(tmp_path, "base", before)
    assert not is_fresh(tmp_path, "base", fingerprint([pins], root=tmp_path))


def test_a_moved_checkout_makes_a_stamp_stale(tmp_path: Path) -> None:
    pins = tmp_path / "engine.txt"
    pins.write_text("numpy==1\n")

    assert fingerprint([pins], root=tmp_path) != fingerprint([pins], root=tmp_path / "moved")


def test_trouble_ends_with_a_sentence_and_code_one(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_purposes: list[str]) -> None:
        msg = "Install these system packages: sudo apt-get install python3.11-venv"
        raise SetupError(msg)

    monkeypatch.setattr(setup, "install_system", refuse)

    code = setup.main(["--venv", str(venv)])

    assert code == 1
    assert "sudo apt-get install python3.11-venv" in capsys.readouterr().err
    assert not venv.exists()


def test_a_failing_step_tells_its_output_and_its_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('the disk is full')"]

    with pytest.raises(SetupError) as caught:
        step("Packages", command)

    assert "the disk is full" in str(caught.value)
    assert shlex.join(command) in str(caught.value)
    assert capsys.readouterr().out == "Packages ... failed\n"


def test_a_step_that_goes_well_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt("Packages", [sys.executable, "-c", "print('noise')"]) is None

    assert capsys.readouterr().out == "Packages ... 0 s\n"


def test_a_command_that_is_not_there_does_not_succeed(tmp_path: Path) -> None:
    assert not succeeds([str(tmp_path / "nothing")])


@pytest.mark.parametrize("purpose", FILES)
def test_every_file_of_a_purpose_is_there(purpose: str) -> None:
    files = requirement_files(purpose, ROOT / "requirements") + watched_files(purpose, ROOT)

    assert [path for path in files if not path.is_file()] == []
