"""Which build of torch is installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.environment import torch_build
from scripts.environment.torch_build import install_torch, pinned_torch

ROOT = Path(__file__).resolve().parents[3]
REQUIREMENTS = ROOT / "requirements"
PIN = pinned_torch(REQUIREMENTS / "torch.txt")
PYTHON = Path("python")

Commands = list[list[str]]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Commands]:
    """Pretend a machine; return the commands that it is asked to run."""

    def pretend(*, platform: str = "linux", cuda: bool = False, reaches: str = "") -> Commands:
        ran: Commands = []

        def attempt(_title: str, command: list[str]) -> str | None:
            ran.append(command)
            return None if reaches and reaches in " ".join(command) else "not found"

        monkeypatch.setattr(torch_build.sys, "platform", platform)
        monkeypatch.setattr(torch_build, "has_cuda_device", lambda: cuda)
        monkeypatch.setattr(torch_build, "attempt", attempt)
        monkeypatch.setattr(torch_build, "step", lambda _title, command: ran.append(command))
        return ran

    return pretend


def test_the_pin_is_exact() -> None:
    assert PIN.startswith("torch==")
    assert "+" not in PIN


@pytest.mark.parametrize("place", [{"cuda": True}, {"platform": "darwin"}])
def test_a_device_or_another_system_takes_the_plain_build(
    machine: Callable[..., Commands], place: dict[str, object]
) -> None:
    ran = machine(**place)

    install_torch(PYTHON, REQUIREMENTS)

    assert [command[-1] for command in ran] == [PIN]


def test_the_cpu_build_comes_from_where_pip_finds_one(machine: Callable[..., Commands]) -> None:
    ran = machine(reaches="+cpu")

    install_torch(PYTHON, REQUIREMENTS)

    assert [command[-1] for command in ran] == [f"{PIN}+cpu"]


def test_else_uv_fetches_the_cpu_build(machine: Callable[..., Commands]) -> None:
    ran = machine(reaches="--torch-backend cpu")

    install_torch(PYTHON, REQUIREMENTS)

    assert ran[1][-1].endswith("uv.txt")
    assert "uv" in ran[2]
    assert ran[-1] == ran[2]


def test_the_large_build_is_better_than_none(machine: Callable[..., Commands]) -> None:
    ran = machine()

    install_torch(PYTHON, REQUIREMENTS)

    assert len(ran) == 4
    assert ran[-1][-1] == PIN


def test_every_build_is_held_to_the_constraints(machine: Callable[..., Commands]) -> None:
    ran = machine()

    install_torch(PYTHON, REQUIREMENTS)

    assert all(str(REQUIREMENTS / "constraints.txt") in command for command in ran)
