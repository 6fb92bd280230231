"""What someone gets who installs the package."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from vpreg import __version__

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    return zipfile.ZipFile(next(WheelBuilder(str(ROOT)).build(directory=str(folder))))


def test_the_wheel_holds_the_presets_of_the_checkout(wheel: zipfile.ZipFile) -> None:
    presets = {path.name for path in (ROOT / "Resources" / "presets").glob("*.toml")}

    packed = {Path(name).name for name in wheel.namelist() if "resources/presets/" in name}

    assert packed == presets
    assert presets


def test_the_wheel_holds_the_package_and_nothing_beside_it(wheel: zipfile.ZipFile) -> None:
    places = {name.split("/")[0] for name in wheel.namelist()}

    assert places == {"vpreg", f"vpreg-{__version__}.dist-info"}


def test_the_wheel_brings_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    information = f"vpreg-{__version__}.dist-info"

    commands = wheel.read(f"{information}/entry_points.txt").decode()
    metadata = wheel.read(f"{information}/METADATA").decode()

    assert "vpreg = vpreg.cli:main" in commands
    assert "License-Expression: Apache-2.0" in metadata
    assert f"{information}/licenses/LICENSE.txt" in wheel.namelist()


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
