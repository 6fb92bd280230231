"""Settings as names and values, to keep, compare and show."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any


def to_plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return settings as values that JSON has."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): to_plain(item) for name, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def by_full_name(value: object) -> dict[str, str]:
    """Return every single setting by its name in the config, as JSON."""
    return dict(_flat(to_plain(value), ""))


def _flat(value: Any, name: str) -> list[tuple[str, str]]:  # noqa: ANN401 - any JSON value
    if not isinstance(value, dict):
        return [(name, json.dumps(value, ensure_ascii=False))]
    parts = (_flat(item, f"{name}.{key}" if name else key) for key, item in value.items())
    return [pair for part in parts for pair in part]


def settings_hash(flat: Mapping[str, str]) -> str:
    """Return the SHA-256 of settings by their full names."""
    return hashlib.sha256(json.dumps(dict(sorted(flat.items()))).encode()).hexdigest()


FREE = {
    "machine.accelerator",
    "machine.ahead",
    "data.cache",
    "data.scans_in_memory",
    "checkpoints.every",
}
"""What may change while a training rests: no number depends on it, but for how devices round."""


def changed_names(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Name the settings that are other, new or gone, and matter."""
    return sorted(name for name in {*old, *new} - FREE if old.get(name) != new.get(name))
