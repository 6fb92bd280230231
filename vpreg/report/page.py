"""Write the one HTML file in which a registration can be judged."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from vpreg.files.whole_file import write_whole
from vpreg.metrics.json_figures import Json, to_json
from vpreg.recipes.result import Result
from vpreg.report.asset_text import asset_text
from vpreg.report.columns import SUBTITLES, Column, column_title, shown_alignments
from vpreg.report.display_grid import DisplayGrid, display_grid
from vpreg.report.eight_bits import LOG2_STEPS, LOG2_ZERO
from vpreg.report.key_pictures import key_pictures
from vpreg.report.origin import origin_tables
from vpreg.report.scan_names import scan_names
from vpreg.report.tables import figure_tables
from vpreg.report.verdict import give_verdict
from vpreg.report.volumes import shown_tumors, volumes_json

# Later ones call earlier ones.
_SCRIPTS = ("volumes", "colours", "contours", "slices", "verdict", "viewer", "tables", "main")


def write_report(result: Result, path: Path) -> None:
    """Write a page that needs no other file and asks nothing of the network.

    The file appears whole or not at all, over an older one of that name. Raises ValueError when
    its folder is missing.
    """
    if not path.parent.is_dir():
        msg = f"Make the folder first: {path.parent} does not exist."
        raise ValueError(msg)
    write_whole(path, lambda file: file.write(render_page(result).encode()))


def render_page(result: Result) -> str:
    """Return the page as text."""
    scripts = "\n".join(asset_text(f"{name}.js") for name in _SCRIPTS)
    page = asset_text("page.html")
    for mark, text in (
        ("/* STYLE */", asset_text("style.css")),
        ("/* SCRIPT */", scripts),
        ("DATA_BLOCK", json_block(page_data(result))),
    ):
        page = page.replace(mark, text, 1)
    return page


def page_data(result: Result) -> dict[str, Json]:
    """Return everything that the page shows, as it is put into its data block."""
    display = display_grid(result.fixed.grid)
    verdict = give_verdict(result)
    tables = figure_tables(result) + origin_tables(result, display)
    return {
        "verdict": {"sentence": verdict.sentence, "details": list(verdict.details)},
        "key": key_pictures(result, display, verdict),
        "columns": _columns(result),
        "volumes": _volumes(result, display),
        "tables": [to_json(asdict(table)) for table in tables],
        "warnings": list(result.provenance.warnings),
        "version": result.provenance.version,
        "figures": to_json(result.figures),
    }


def json_block(data: Json) -> str:
    """Return JSON that cannot end the script element it stands in, whatever texts it holds."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _columns(result: Result) -> list[Json]:
    columns = [Column.FIXED, Column.AFFINE, *(one.column for one in shown_alignments(result))]
    names = scan_names(result.provenance)
    return [
        {
            "name": column.value,
            "title": column_title(column, names),
            "subtitle": SUBTITLES[column],
        }
        for column in columns
    ]


def _volumes(result: Result, display: DisplayGrid) -> dict[str, Json]:
    volumes = volumes_json(result, display, shown_tumors(result, display))
    return {**volumes, "log2": {"zero": LOG2_ZERO, "steps": LOG2_STEPS}}
