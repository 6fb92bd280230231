"""Turn a table of a config into a frozen dataclass, whatever its fields are."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from vpreg.training.config.value import read_value

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """Where in the config we are, for sentences, and the folder that its paths start from."""

    table: str
    folder: Path

    @property
    def words(self) -> str:
        """How to name the table to its writer."""
        return f"in [{self.table}]" if self.table else "at the top of the config"

    def inside(self, name: str) -> Place:
        """Return the place of a table inside this one."""
        return Place(f"{self.table}.{name}" if self.table else name, self.folder)


def read_table(
    kind: type[T], table: object, place: Place, *, defaults: Mapping[str, Any] | None = None
) -> T:
    """Build a dataclass; ValueError names the key, the table and what to write instead.

    `defaults` stand for what the table leaves out, before those of the class. Whatever the class
    itself refuses is told with its table.
    """
    if not isinstance(table, Mapping):
        msg = f"Write a table [{place.table}] with a line for each setting: {table!r} is none."
        raise ValueError(msg)  # noqa: TRY004 - it is the user's file
    known = [f for f in fields(kind) if f.init]  # type: ignore[arg-type]
    _refuse_unknown(table, [f.name for f in known], place)
    given = {**(defaults or {}), **table}
    hints = get_type_hints(kind)
    values = {
        f.name: _read_field(hints[f.name], given[f.name], place, f.name)
        for f in known
        if f.name in given or _is_missing(f, place)
    }
    try:
        return kind(**values)
    except ValueError as error:
        msg = f"Correct the settings {place.words}. {error}"
        raise ValueError(msg) from error


def _read_field(kind: Any, value: object, place: Place, name: str) -> Any:  # noqa: ANN401 - any type
    inner = [one for one in get_args(kind) if is_dataclass(one)]
    kind = inner[0] if inner and value is not None else kind
    if isinstance(kind, type) and is_dataclass(kind):
        return value if isinstance(value, kind) else read_table(kind, value, place.inside(name))
    return read_value(kind, value, key=f"{name} {place.words}", folder=place.folder)


def _refuse_unknown(table: Mapping[str, Any], known: list[str], place: Place) -> None:
    for name in table:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        instead = f"Write {near[0]} instead of {name}" if near else f"Remove {name}"
        msg = f"{instead} {place.words}: what can stand there is {', '.join(known)}."
        raise ValueError(msg)


def _is_missing(field: Field[Any], place: Place) -> bool:
    """Return False for what may be left out; ValueError for what may not."""
    if field.default is MISSING and field.default_factory is MISSING:
        msg = f"Write {field.name} = … {place.words}: it has no default."
        raise ValueError(msg)
    return False
