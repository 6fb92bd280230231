"""Read CONFIG.toml, with the published settings for what it leaves out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vpreg.training.config.check_fit import check_fit
from vpreg.training.config.defaults import fill_in
from vpreg.training.config.network_table import read_network
from vpreg.training.config.table import Place, read_table
from vpreg.training.settings import TrainingSettings

_PATHS = ("scans", "cache")


def read_config(path: Path) -> TrainingSettings:
    """Return the settings of a config; ValueError says in one sentence what to mend in it.

    Paths in it start from its own folder.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"Check the path of the config: {path} cannot be read ({error})."
        raise ValueError(msg) from error
    return parse_config(text, folder=path.absolute().parent)


def parse_config(text: str, *, folder: Path) -> TrainingSettings:
    """Return the settings that a text holds; its paths start from the folder."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"Correct the config, which is no valid TOML: {error}."
        raise ValueError(msg) from error
    network = read_network(content.get("network"), Place("network", folder))
    _whole_paths(content, folder)
    filled = fill_in(content, network)
    settings = read_table(TrainingSettings, filled, Place("", folder))
    check_fit(settings)
    return settings


def _whole_paths(content: Mapping[str, Any], folder: Path) -> None:
    """Let the paths in a config mean the same wherever the command is given."""
    data, stages = content.get("data"), content.get("stages")
    if isinstance(data, dict):
        for key in _PATHS:
            if data.get(key) and isinstance(data[key], str):
                data[key] = str(folder / Path(data[key]).expanduser())
    first = stages.get("first") if isinstance(stages, dict) else None
    if isinstance(stages, dict) and isinstance(first, str) and first.endswith(".safetensors"):
        stages["first"] = str(folder / Path(first).expanduser())
