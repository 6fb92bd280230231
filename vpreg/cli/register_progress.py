"""Draw how far a registration is, on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.text import Text

WIDEST_STAGE = 32


def time_left(seconds: float | None) -> str:
    """Say the time left as a person does."""
    if seconds is None:
        return ""
    whole = round(seconds)
    return f"{whole} s left" if whole < 100 else f"{whole // 60} min {whole % 60} s left"


@contextmanager
def progress_bar() -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Yield what hears the events of a worker; without a terminal only warnings are shown."""
    console = Console(stderr=True, highlight=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[left]}"),
    )
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar:
        task = bar.add_task("Starting".ljust(WIDEST_STAGE), total=1.0, left="")

        def hear(event: Mapping[str, Any]) -> None:
            if event["event"] == "warning":
                bar.console.print(Text(event["message"]))
            elif event["event"] == "progress":
                stage = event["stage"].ljust(WIDEST_STAGE)
                left = time_left(event["eta_s"])
                bar.update(task, description=stage, completed=event["fraction"], left=left)

        yield hear
