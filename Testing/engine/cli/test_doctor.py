"""`vpreg doctor`."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import torch

from Testing.engine.cli.small_files import Vpreg
from vpreg import __version__
from vpreg.cli import devices, diagnosis
from vpreg.cli.packages import PACKAGES, Package

ROOT = Path(__file__).resolve().parents[3]
ABSENT = Package("a-package-that-nobody-made", "nothing")


def test_it_tells_versions_devices_and_memory(vpreg: Vpreg) -> None:
    done = vpreg("doctor", "--json")

    state = json.loads(done.stdout)
    assert done.exit_code == 0
    assert state["vpreg"] == __version__
    assert state["packages"]["torch"] == torch.__version__
    assert state["devices"][0]["name"] == "cpu"
    assert state["ready"]


def test_a_missing_package_comes_with_the_command_that_brings_it(
    vpreg: Vpreg, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "PACKAGES", (*PACKAGES, ABSENT))

    done = vpreg("doctor")

    assert done.exit_code == 1
    assert "-m pip install a-package-that-nobody-made" in done.stdout


def test_without_torch_it_still_reports(vpreg: Vpreg, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = property(lambda package: None if package.name == "torch" else "1.0")
    monkeypatch.setattr(Package, "version", versions)

    done = vpreg("doctor", "--json")

    state = json.loads(done.stdout)
    assert not state["ready"]
    assert [device["name"] for device in state["devices"]] == ["cpu"]


def test_an_nvidia_device_that_torch_cannot_use_is_reported(
    vpreg: Vpreg, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "has_idle_nvidia_device", lambda: True)

    state = json.loads(vpreg("doctor", "--json").stdout)

    assert "NVIDIA" in state["missing"][0]["what"]
    assert state["ready"]


def test_memory_is_read_in_gib(tmp_path: Path) -> None:
    table = tmp_path / "meminfo"
    table.write_text("MemTotal:       16777216 kB\nMemAvailable:    3145728 kB\n")

    assert devices.memory_gib("MemTotal", table=table) == 16.0
    assert devices.memory_gib("MemAvailable", table=table) == 3.0
    assert devices.memory_gib("MemTotal", table=tmp_path / "missing") is None


def test_it_looks_at_the_packages_that_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["cli"]]

    names = {re.split(r"[<>=!~ \[]", line)[0] for line in declared}

    assert names == {package.name for package in PACKAGES}
