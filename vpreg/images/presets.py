"""Load intensity presets, which are data files in Resources/presets."""

from __future__ import annotations

import math
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from vpreg.images.intensity import IntensityPreset, Modality, Percentiles, Window

_RANGES: dict[str, tuple[str, ...]] = {
    "window": ("low_hu", "high_hu"),
    "percentiles": ("low", "high", "background_fraction"),
}
_TEXTS = ("title", "description", "modality")


def preset_names() -> tuple[str, ...]:
    """Return the names of the presets that come with this package, sorted."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load_preset(name: str) -> IntensityPreset:
    """Return a preset by name; ValueError lists the names when there is no such preset."""
    if name not in preset_names():
        msg = f"Choose one of the presets {', '.join(preset_names())}: there is no '{name}'."
        raise ValueError(msg)
    return parse_preset((_folder() / f"{name}.toml").read_text(encoding="utf-8"), name=name)


def read_preset(path: Path) -> IntensityPreset:
    """Read a preset from a file of one's own, named after the file."""
    if not path.is_file():
        msg = f"Check the path of the preset: {path} is not a file."
        raise ValueError(msg)
    return parse_preset(path.read_text(encoding="utf-8"), name=path.stem)


def parse_preset(text: str, *, name: str) -> IntensityPreset:
    """Build a preset from the text of its file; ValueError says what to mend in it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"Correct the preset '{name}', which is no valid TOML: {error}."
        raise ValueError(msg) from error
    for key in _TEXTS:
        if not isinstance(table.get(key), str):
            _fail(name, f"'{key}' must be there, as text")
    kinds = [kind for kind in _RANGES if kind in table]
    if len(kinds) != 1:
        _fail(name, "it needs either a table [window] or a table [percentiles]")
    unknown = sorted(set(table) - {*_TEXTS, *kinds})
    if unknown:
        _fail(name, f"'{unknown[0]}' is not a known entry")
    return IntensityPreset(
        name=name,
        title=table["title"],
        description=table["description"],
        modality=_modality(table["modality"], name),
        range=_range(kinds[0], table[kinds[0]], name),
    )


def _folder() -> Traversable:
    # A wheel carries the files inside the package, a checkout has them beside it.
    installed = files("vpreg") / "resources" / "presets"
    if installed.is_dir():
        return installed
    return Path(__file__).parents[2] / "Resources" / "presets"


def _modality(text: str, name: str) -> Modality:
    known = [one.value for one in Modality]
    if text not in known:
        _fail(name, f"'modality' must be one of {', '.join(known)}, not '{text}'")
    return Modality(text)


def _range(kind: str, table: Any, name: str) -> Window | Percentiles:  # noqa: ANN401 - parsed TOML
    if not isinstance(table, dict) or set(table) != set(_RANGES[kind]):
        _fail(name, f"[{kind}] must have exactly the entries {', '.join(_RANGES[kind])}")
    for key, value in table.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value):
            _fail(name, f"'{key}' in [{kind}] must be a finite number")
    if kind == "window":
        if not table["low_hu"] < table["high_hu"]:
            _fail(name, "'low_hu' must be below 'high_hu'")
        return Window(low_hu=float(table["low_hu"]), high_hu=float(table["high_hu"]))
    if not 0 <= table["low"] < table["high"] <= 100:
        _fail(name, "'low' and 'high' must be percentiles from 0 to 100, in rising order")
    if not 0 <= table["background_fraction"] < 1:
        _fail(name, "'background_fraction' must be from 0 to below 1")
    return Percentiles(*(float(table[key]) for key in _RANGES[kind]))


def _fail(name: str, problem: str) -> None:
    msg = f"Correct the preset '{name}': {problem}."
    raise ValueError(msg)
