"""Read the corrections of a reader: `[[same]]` and `[[different]]` in STUDY.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vpreg.lesions.study.study import Corrections, PieceReference, References


def read_corrections(table: Mapping[str, Any], *, names: Sequence[str]) -> Corrections:
    """Read both lists; each entry is DATE = piece, [pieces] or a point [x, y, z] in LPS mm."""
    return Corrections(
        same=_entries(table.get("same", []), "same", names),
        different=_entries(table.get("different", []), "different", names),
    )


def _entries(given: object, kind: str, names: Sequence[str]) -> tuple[References, ...]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        msg = f"Write corrections as [[{kind}]] tables with DATE = number: this is {given!r}."
        raise ValueError(msg)
    return tuple(_entry(one, kind, names) for one in given)


def _entry(table: Mapping[str, Any], kind: str, names: Sequence[str]) -> References:
    found: dict[str, tuple[PieceReference, ...]] = {}
    for name, value in table.items():
        if name not in names:
            known = ", ".join(names)
            msg = f"Use the date of a time point ({known}) in [[{kind}]]: '{name}' is none."
            raise ValueError(msg)
        found[name] = _references(value, kind, name)
    if sum(len(pieces) for pieces in found.values()) < 2:
        msg = f"Name at least two pieces in each [[{kind}]]: one has only {len(found)}."
        raise ValueError(msg)
    return found


def _references(value: object, kind: str, name: str) -> tuple[PieceReference, ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    if isinstance(value, list) and len(value) == 3 and any(isinstance(x, float) for x in value):
        x, y, z = (float(number) for number in value)
        return ((x, y, z),)
    if isinstance(value, list) and value and all(type(one) is int for one in value):
        return tuple(value)
    msg = (
        f"Write a piece of [[{kind}]] as a number, numbers, or a point [x, y, z] in LPS mm: "
        f"'{name}' is {value!r}."
    )
    raise ValueError(msg)
