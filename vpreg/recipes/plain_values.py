"""Dataclasses to plain JSON values and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Turn dataclasses into dictionaries, enums into their values and tuples into lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], plain: Mapping[str, Any], *, default: T | None = None) -> T:
    """Build a dataclass from a dictionary; what is left out keeps its default.

    The defaults are those of `default`, else those of the class. ValueError for unknown names and
    for values of the wrong kind.
    """
    if not isinstance(plain, Mapping):
        msg = f"Give settings as names and values: {plain!r} is not."
        raise ValueError(msg)  # noqa: TRY004 - it is the user's file
    known = get_type_hints(kind)
    unknown = sorted(set(plain) - set(known))
    if unknown:
        msg = f"Remove {', '.join(unknown)}: the known settings are {', '.join(known)}."
        raise ValueError(msg)
    base = kind() if default is None else default
    values = {
        name: _value(name, known[name], value, default=getattr(base, name))
        for name, value in plain.items()
    }
    changed: T = replace(base, **values)  # type: ignore[type-var]
    return changed


def _value(name: str, kind: Any, value: Any, *, default: Any) -> Any:  # noqa: ANN401 - JSON values
    if is_dataclass(kind) and isinstance(kind, type):
        # A dataclass can hold another than its class holds by itself: stage 2 has fewer levels.
        return from_plain(kind, value, default=default)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(name, kind, value)
    if get_origin(kind) is tuple:
        return _row(name, get_args(kind)[0], value)
    return _number_or_word(name, kind, value)


def _member(name: str, kind: type[Enum], value: Any) -> Enum:  # noqa: ANN401 - any JSON value
    for member in kind:
        if member.value == value:
            return member
    msg = f"Choose {name} from {', '.join(str(m.value) for m in kind)}: {value!r} is not one."
    raise ValueError(msg)


def _row(name: str, kind: type, value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any JSON value
    if not isinstance(value, list | tuple):
        msg = f"Give a list for {name}: {value!r} is not."
        raise ValueError(msg)  # noqa: TRY004 - it is the user's file
    return tuple(_number_or_word(name, kind, item) for item in value)


def _number_or_word(name: str, kind: Any, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    whole = isinstance(value, int) and not isinstance(value, bool)
    if kind is float and (whole or isinstance(value, float)):
        return float(value)
    if (kind is int and whole) or (kind is str and isinstance(value, str)):
        return value
    words = {int: "a whole number", float: "a number", str: "a word"}
    msg = f"Give {words.get(kind, 'another value')} for {name}: {value!r} is not."
    raise ValueError(msg)
