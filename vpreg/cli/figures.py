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
        return number(value)
    if isinstance(value, list | tuple):
        return " x ".join(words(part) for part in value)
    return str(value)


def number(value: float) -> str:
    """Return four digits, and whole numbers from ten thousand on."""
    if not math.isfinite(value):
        return "not defined"
    return f"{value:.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


def heading(name: str) -> str:
    """Return the name of a figure as a person reads it."""
    return name.replace("_", " ")


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

    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for line in lines:
        table.add_row(*(Text(word) for word in line))
    console = Console(highlight=False)
    console.print(Text(title, style="bold"))
    console.print(table)
    console.print()


def list_table(items: Sequence[Mapping[str, object]]) -> list[tuple[str, ...]]:
    """Return figures of like things, with whatever is fewer, things or figures, going across."""
    names = list(items[0])
    lines = [tuple(words(item[name]) for name in names) for item in items]
    table = [tuple(heading(name) for name in names), *lines]
    return table if len(names) <= len(items) else list(zip(*table, strict=True))


def print_sections(title: str, figures: Mapping[str, object]) -> None:
    """Print single figures as one table, and figures that hold others as tables of their own."""
    single = [(heading(name), words(value)) for name, value in figures.items() if is_single(value)]
    if single:
        print_table(title, single)
    for name, value in figures.items():
        if isinstance(value, Mapping):
            print_sections(f"{title}, {heading(name)}", value)
        elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            print_table(f"{title}, {heading(name)}", list_table(value))


def is_single(value: object) -> bool:
    """Tell whether a value is one figure, or a short list of numbers, that was measured."""
    nested = isinstance(value, Mapping) or (
        isinstance(value, list | tuple) and (not value or isinstance(value[0], Mapping))
    )
    return value is not None and not nested


def show(title: str, figures: Mapping[str, object], *, as_json: bool) -> None:
    """Print the figures the way the user asked for."""
    if as_json:
        print_json(figures)
    else:
        print_sections(title, figures)
