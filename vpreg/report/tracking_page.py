"""The page in which the lesions of a study can be judged."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import vpreg
from vpreg.lesions.response.verdict import Response
from vpreg.lesions.tracking import Tracking
from vpreg.report.asset_text import asset_text
from vpreg.report.growth_curves import Scale
from vpreg.report.tracking_tables import NOTE, lesion_table
from vpreg.report.tracking_words import headline

Figures = Mapping[str, str]
"""Drawings by the name of their file without its ending."""


def render_tracking_page(
    tracking: Tracking, figures: Figures, *, registrations: Mapping[int, str]
) -> str:
    """Return the page; it asks nothing of the network.

    `figures` holds `growth-linear`, `growth-log` and `lesion-L1` and so on; `registrations` are the
    folders of the pair reports beside the page, by time point.
    """
    strips = [name.removeprefix("lesion-") for name in figures if name.startswith("lesion-")]
    sections = (
        _summary(tracking),
        _curves(figures),
        _responses(tracking),
        _strips(tracking, figures, strips),
        _table(tracking, strips),
        _origin(tracking, registrations),
    )
    page = asset_text("tracking.html")
    for mark, words in (
        ("/* STYLE */", asset_text("style.css") + asset_text("tracking.css")),
        ("PATIENT", escape(tracking.study.title)),
        ("VERSION", vpreg.__version__),
        ("<!-- SECTIONS -->", "\n".join(sections)),
    ):
        page = page.replace(mark, words, 1)
    return page


def _section(content: str, *, title: str = "", kind: str = "") -> str:
    head = f"<h2>{escape(title)}</h2>" if title else ""
    return f'<section class="tracking {kind}">{head}{content}</section>'


def _summary(tracking: Tracking) -> str:
    notes = "".join(f"<li>{escape(note)}</li>" for note in tracking.notes)
    listed = f"<ul>{notes}</ul>" if notes else ""
    return _section(f'<h1 class="lead">{escape(headline(tracking))}</h1>{listed}')


def _curves(figures: Figures) -> str:
    choice = "".join(
        f'<label><input type="radio" name="scale" id="scale-{scale.value}"{checked}> '
        f"{words}</label>"
        for scale, words, checked in (
            (Scale.LINEAR, "even scale", " checked"),
            (Scale.LOG, "logarithmic: a straight line is a steady doubling time", ""),
        )
    )
    drawings = "".join(
        f'<div class="{scale.value}">{figures[f"growth-{scale.value}"]}</div>' for scale in Scale
    )
    note = (
        '<p class="note">Bars are the uncertainty from the size of the voxels. An open circle is a '
        "lesion that can no longer be seen.</p>"
    )
    return _section(
        f'<div class="choice">{choice}</div>{drawings}{note}',
        title="Segmented volume over time",
        kind="curves",
    )


def _responses(tracking: Tracking) -> str:
    parts = []
    for time, responses in enumerate(tracking.responses):
        if responses:
            cards = "".join(_card(one) for one in responses)
            name = escape(tracking.study.names[time])
            parts.append(f'<h3>{name}</h3><div class="cards">{cards}</div>')
    note = '<p class="note loud">An aid for the reader, who decides.</p>'
    return _section(note + "".join(parts), title="Response criteria")


def _card(response: Response) -> str:
    category = response.category
    word = '<p class="category none">no category</p>'
    if category is not None:
        word = f'<p class="category">{category.value}</p>'
    targets = f"Targets: {', '.join(response.targets)}." if response.targets else ""
    caveats = "".join(f'<p class="small">{escape(words)}</p>' for words in response.caveats)
    return (
        f'<div class="card"><h4>{response.criteria.value}</h4>{word}'
        f"<p>{escape(response.reason)}</p><p>{escape(targets)}</p>{caveats}</div>"
    )


def _strips(tracking: Tracking, figures: Figures, strips: list[str]) -> str:
    count = len(tracking.visits)
    parts = [
        f'<div class="strip"><h3>Lesion {escape(name)}</h3><div class="frames">'
        f'<div style="width:{min(100, 25 * count)}%;min-width:{180 * count}px">'
        f"{figures[f'lesion-{name}']}{figures.get(f'aligned-{name}', '')}</div></div></div>"
        for name in strips
    ]
    note = (
        '<p class="note">Each picture is the axial slice of that scan in which the longest '
        "diameter was measured, as scanned, with the outline of the segmentation. Where a lesion "
        "is not there, the aligned place is shown. Below it, all scans aligned with the baseline, "
        "in one slice of it. The patient's left is on the right.</p>"
    )
    return _section(note + "".join(parts), title="Each lesion over time")


def _table(tracking: Tracking, strips: list[str]) -> str:
    rest = [one.name for one in tracking.lesions if one.name not in strips]
    folded = (
        f"<details><summary>{len(rest)} smaller lesions</summary>"
        f"{lesion_table(tracking, rest)}</details>"
        if rest
        else ""
    )
    note = f'<p class="note">{escape(NOTE)}</p>'
    return _section(note + lesion_table(tracking, strips) + folded, title="Figures")


def _origin(tracking: Tracking, registrations: Mapping[int, str]) -> str:
    rows = []
    for time, point in enumerate(tracking.study.time_points):
        files = ", ".join(path.name for path in (point.scan, *point.segmentations))
        folder = registrations.get(time)
        link = f'<a href="{escape(folder)}/report.html">alignment</a>' if folder else "baseline"
        rows.append(
            f"<tr><th>{escape(point.name)}</th><td>day {tracking.days[time]}</td>"
            f"<td>{escape(files)}</td><td>{link}</td></tr>"
        )
    way = "the time point before it" if tracking.chain else "the baseline"
    note = f'<p class="note">Each time point was laid over {way}.</p>'
    return _section(
        f"{note}<table><tbody>{''.join(rows)}</tbody></table>", title="Where it comes from"
    )
