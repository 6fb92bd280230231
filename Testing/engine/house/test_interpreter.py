"""Finding the Python that the environment is built on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.environment import interpreter
from scripts.environment.errors import SetupError
from scripts.environment.interpreter import Interpreter, find_interpreter, version_of


def machine_with(monkeypatch: pytest.MonkeyPatch, pythons: dict[str, tuple[int, int]]) -> None:
    """Pretend that only these commands are on the PATH."""
    monkeypatch.setattr(interpreter.shutil, "which", lambda name: name if name in pythons else None)
    monkeypatch.setattr(interpreter, "version_of", pythons.get)


def test_a_running_python_tells_its_version() -> None:
    assert version_of(sys.executable) == sys.version_info[:2]


def test_what_does_not_run_has_no_version(tmp_path: Path) -> None:
    assert version_of(str(tmp_path / "python3.11")) is None


def test_three_eleven_is_preferred_to_newer_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    pythons = {"python3": (3, 13), "python3.12": (3, 12), "python3.11": (3, 11)}
    machine_with(monkeypatch, pythons)

    found = find_interpreter()

    assert found == Interpreter(Path("python3.11"), (3, 11))
    assert found.name == "python3.11"


def test_the_python_without_a_number_in_its_name_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(monkeypatch, {"python3": (3, 12)})

    assert find_interpreter() == Interpreter(Path("python3"), (3, 12))


def test_a_name_that_lies_about_its_version_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(monkeypatch, {"python3.11": (3, 9), "python3.12": (3, 12)})

    assert find_interpreter().version == (3, 12)


def test_only_an_old_python_is_refused_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(monkeypatch, {"python3": (3, 9)})

    with pytest.raises(SetupError, match="sudo apt-get install python3 python3-venv"):
        find_interpreter()
