"""Check one value of a config against the type of its setting."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

_EXAMPLES: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: 'a text in quotes ("…")',
    Path: 'a path in quotes ("…")',
}


def read_value(kind: Any, value: object, *, key: str, folder: Path) -> Any:  # noqa: ANN401 - any type
    """Return the value as its type; ValueError says what to write for the key.

    Paths start from `folder` unless they are absolute.
    """
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(kind, value, key=key, folder=folder)
    if origin is tuple:
        return _row(get_args(kind), value, key=key, folder=folder)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(value, key=key)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind, value, key=key)
    return _plain(kind, value, key=key, folder=folder)


def _one_of(kind: Any, value: object, *, key: str, folder: Path) -> Any:  # noqa: ANN401 - any type
    kinds = [one for one in get_args(kind) if one is not type(None)]
    if value is None and len(kinds) < len(get_args(kind)):
        return None
    for one in kinds[:-1]:
        try:
            return read_value(one, value, key=key, folder=folder)
        except ValueError:
            continue
    return read_value(kinds[-1], value, key=key, folder=folder)


def _row(kinds: tuple[Any, ...], value: object, *, key: str, folder: Path) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        msg = f"Write a list in square brackets for {key}: {value!r} is none."
        raise ValueError(msg)  # noqa: TRY004 - it is the user's file
    wanted = kinds[:1] * len(value) if kinds[-1] is Ellipsis else kinds
    if len(wanted) != len(value):
        msg = f"Write {len(wanted)} values for {key}: {list(value)} has {len(value)}."
        raise ValueError(msg)
    return tuple(
        read_value(kind, item, key=key, folder=folder)
        for kind, item in zip(wanted, value, strict=True)
    )


def _mapping(value: object, *, key: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        msg = f"Write a table for {key}: {value!r} is none."
        raise ValueError(msg)  # noqa: TRY004 - it is the user's file
    return dict(value)


def _member(kind: type[Enum], value: object, *, key: str) -> Enum:
    for member in kind:
        if value in (member, member.value):
            return member
    words = ", ".join(f'"{member.value}"' for member in kind)
    msg = f"Write one of {words} for {key}: {value!r} is none of them."
    raise ValueError(msg)


def _plain(kind: Any, value: object, *, key: str, folder: Path) -> Any:  # noqa: ANN401 - any type
    whole = isinstance(value, int) and not isinstance(value, bool)
    if kind is float and (whole or isinstance(value, float)) and math.isfinite(value):  # type: ignore[arg-type]
        return float(value)  # type: ignore[arg-type]
    if kind is Path and isinstance(value, str | Path):
        return folder / Path(value).expanduser()
    if (kind is int and whole) or (kind in (str, bool) and isinstance(value, kind)):
        return value
    msg = f"Write {_EXAMPLES.get(kind, 'another value')} for {key}: {value!r} is none."
    raise ValueError(msg)
