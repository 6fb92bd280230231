"""Debian packages that pip cannot bring."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.environment import system_packages
from scripts.environment.errors import SetupError
from scripts.environment.interpreter import Interpreter
from scripts.environment.system_packages import (
    SystemPackage,
    install_packages,
    is_present,
    missing_packages,
    read_system_packages,
)

ROOT = Path(__file__).resolve().parents[3]
HERE = Interpreter(Path(sys.executable), (3, 11))
ABSENT_MODULE = SystemPackage("base", "{python}-nothing", "module:a_module_of_nobody")
ABSENT_LIBRARY = SystemPackage("test", "libnothing1", "library:libnothing-of-nobody.so.1")


def test_the_list_of_the_project_can_be_read() -> None:
    wanted = read_system_packages(ROOT / "requirements" / "system.txt")

    assert SystemPackage("base", "{python}-venv", "module:ensurepip") in wanted
    assert all(is_present(entry.probe, HERE) in (True, False) for entry in wanted)


@pytest.mark.parametrize(
    ("probe", "present"),
    [
        ("module:json", True),
        ("module:a_module_of_nobody", False),
        ("library:libc.so.6", True),
        ("library:libnothing-of-nobody.so.1", False),
        ("command:ls", True),
        ("command:a-command-of-nobody", False),
    ],
)
def test_a_probe_tells_what_is_there(probe: str, present: bool) -> None:
    assert is_present(probe, HERE) is present


def test_a_probe_of_no_known_kind_is_refused() -> None:
    with pytest.raises(SetupError, match="module:NAME"):
        is_present("ensurepip", HERE)


def test_only_what_the_purpose_needs_is_missing() -> None:
    wanted = [ABSENT_MODULE, ABSENT_LIBRARY, SystemPackage("base", "libc6", "library:libc.so.6")]

    assert missing_packages(wanted, ["base"], interpreter=HERE) == ["python3.11-nothing"]
    assert missing_packages(wanted, ["test"], interpreter=HERE) == ["libnothing1"]


def test_who_may_not_install_gets_the_exact_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "administrator_prefix", lambda: None)

    with pytest.raises(SetupError, match=r"sudo apt-get install .*python3\.11-venv libgl1"):
        install_packages(["python3.11-venv", "libgl1"])


@pytest.mark.parametrize("prefix", [[], ["sudo", "-n"]])
def test_who_may_install_does_so(monkeypatch: pytest.MonkeyPatch, prefix: list[str]) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(system_packages, "administrator_prefix", lambda: prefix)
    monkeypatch.setattr(system_packages, "step", lambda _title, command: ran.append(command))

    install_packages(["libgl1"])

    assert ran[0] == [*prefix, "apt-get", "update"]
    assert ran[1][: len(prefix)] == prefix
    assert ran[1][-1] == "libgl1"
