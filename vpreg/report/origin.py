"""How a result came about, as tables: seconds, settings, hashes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vpreg.images.grid import Grid
from vpreg.progress import Stage
from vpreg.recipes.result import Provenance, Result
from vpreg.report.display_grid import DisplayGrid
from vpreg.report.numerals import number, seconds
from vpreg.report.scan_names import date_of
from vpreg.report.tables import Row, Table

_TIMES = " \u00d7 "
_STAGES = {stage.name.lower(): stage.value for stage in Stage}


def origin_tables(result: Result, display: DisplayGrid) -> list[Table]:
    """Return what is needed to repeat the registration."""
    made = result.provenance
    tables = [
        Table("How it was made", ["Value"], list(_made(result, display))),
        Table("Time", ["Spent"], list(_times(made))),
        Table("Settings", ["Value"], [Row(*row) for row in flat(made.settings)], folded=True),
        Table("Hashes of the inputs", ["Hash"], _hashes(made), folded=True),
    ]
    return [table for table in tables if table.rows]


def flat(settings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, list[str | None]]]:
    """Yield nested settings line by line, `a.b` for b inside of a."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", ["none" if value is None else str(value)]


def _made(result: Result, display: DisplayGrid) -> Iterator[Row]:
    made = result.provenance
    yield Row("Recipe", [made.recipe])
    yield Row("Device", [made.device])
    yield Row("Version of vpreg", [made.version])
    for name, grid in (("fixed", result.fixed.grid), ("moving", result.moving.grid)):
        size = _TIMES.join(str(n) for n in reversed(grid.shape))
        date = date_of(made, name)
        when = "" if date is None else f", {date}"
        yield Row(f"{name.capitalize()} scan", [f"{size} voxels of {_spacing(grid)}{when}"])
    if display.is_reduced:
        yield Row("Shown here", [f"reduced to {_spacing(display.grid)} to keep this page small"])


def _spacing(grid: Grid) -> str:
    return _TIMES.join(f"{mm:.3g}" for mm in reversed(grid.spacing_mm)) + " mm"


def _times(made: Provenance) -> Iterator[Row]:
    for stage, spent in made.seconds_by_stage.items():
        yield Row(_STAGES.get(stage, stage), [seconds(spent)])
    known = [number(spent) or 0.0 for spent in made.seconds_by_stage.values()]
    if len(known) > 1:
        yield Row("Together", [seconds(sum(known))])


def _hashes(made: Provenance) -> list[Row]:
    return [Row(name, [digest]) for name, digest in made.input_hashes.items()]
