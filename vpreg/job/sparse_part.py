"""What makes a job one of a sparse scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class SparsePart:
    """The fixed scan is a sparse clinical one, the moving scan an atlas; all files are optional.

    `acquired` is a mask of what of the scan was measured, `excluded` one of what is not compared.
    The settings of such a job are those of `vpreg.recipes.sparse_settings.SparseSettings`.
    """

    acquired: Path | None = None
    excluded: Path | None = None
    atlas_labels: Path | None = None
    scan_labels: Path | None = None

    @property
    def inputs(self) -> dict[str, Path | None]:
        """The paths that have to exist where they are given."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def sparse_part_to_json(part: SparsePart) -> dict[str, str | None]:
    """Return the part as what JSON can hold."""
    return {name: None if path is None else str(path) for name, path in part.inputs.items()}


def sparse_part_from_json(value: object, base: Path) -> SparsePart:
    """Build the part; relative paths start at `base`. ValueError names what to mend."""
    if not isinstance(value, Mapping):
        msg = f"Write an object for 'sparse' in the job: it is {value!r}."
        raise ValueError(msg)  # noqa: TRY004 - it is the user's file
    known = [part.name for part in fields(SparsePart)]
    unknown = sorted(set(value) - set(known))
    if unknown:
        msg = f"Leave '{unknown[0]}' out of 'sparse' in the job: it knows {', '.join(known)}."
        raise ValueError(msg)
    paths: dict[str, Any] = {name: _path(name, word, base) for name, word in value.items()}
    return SparsePart(**paths)


def _path(name: str, word: object, base: Path) -> Path | None:
    if word is None:
        return None
    if not isinstance(word, str) or not word:
        msg = f"Write a path for '{name}' of 'sparse' in the job: it is {word!r}."
        raise ValueError(msg)
    return base / word
