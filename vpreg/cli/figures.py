"""Show the figures of a command as a table, or as one JSON object."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence


def json_value(value: object) -> object:
    """Return the value with null for NaN and infinity, which JSON cannot say."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(name): json_value(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(part) for part in value]
    return value


def words(value: object) -> str:
    """Return a single figure as a person reads it."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if math.isfinite(value) else "not defined"
    return str(value)


def rows(figures: Mapping[str, object], *, under: str = "") -> list[tuple[str, str]]:
    """Flatten nested figures to (name, words), with the names joined by spaces."""
    flat: list[tuple[str, str]] = []
    for name, value in figures.items():
        title = f"{under} {name}".strip().replace("_", " ")
        if isinstance(value, Mapping):
            flat += rows(value, under=title)
        elif isinstance(value, list | tuple):
            flat += rows({str(n): part for n, part in enumerate(value, 1)}, under=title)
        else:
            flat.append((title, words(value)))
    return flat


def print_json(figures: Mapping[str, object]) -> None:
    """Print one JSON object on one line."""
    sys.stdout.write(json.dumps(json_value(figures), ensure_ascii=False, allow_nan=False) + "\n")


def print_sentence(text: str) -> None:
    """Print a sentence, or a command to copy, without wrapping it."""
    sys.stdout.write(f"{text}\n")


def print_table(title: str, lines: Sequence[tuple[str, ...]]) -> None:
    """Print lines of words in columns under a title."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False)
    for line in lines:
        table.add_row(*(Text(word) for word in line))
    Console().print(table)


def show(title: str, figures: Mapping[str, object], *, as_json: bool) -> None:
    """Print the figures the way the user asked for."""
    if as_json:
        print_json(figures)
    else:
        print_table(title, rows(figures))
