"""Write the folder of a tracking, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from vpreg.images.writing import write_image
from vpreg.lesions.as_csv import tracking_csv
from vpreg.lesions.as_json import tracking_json
from vpreg.lesions.baseline_space import lesions_in_baseline_space, scan_in_baseline_space
from vpreg.lesions.tracking import Tracking
from vpreg.report.tracking_figures import tracking_figures
from vpreg.report.tracking_page import render_tracking_page
from vpreg.results.result_json import list_files, write_result_json
from vpreg.results.whole_folder import nothing_more, whole_folder

MEANINGS = {
    "lesions.csv": "one line a lesion and time point",
    "lesions.json": "all figures, as Resources/schemas/tracking.schema.json describes them",
    "report.html": "report for a person",
    "figures/growth-linear.svg": "segmented volumes over time",
    "figures/growth-log.svg": "segmented volumes over time, logarithmic",
}
KIND = "tracking"
BASELINE_SPACE = "baseline_space"


def write_tracking(
    tracking: Tracking,
    folder: Path,
    *,
    replace: bool,
    before_it_appears: Callable[[], None] = nothing_more,
) -> None:
    """Write tables, report, figures and the registrations; ValueError where `folder` is in the way.

    An earlier tracking goes only when the new one is whole; what `before_it_appears` raises leaves
    everything as it was.
    """
    registrations = {
        one.pair.moving: f"registrations/{one.pair.moving + 1}-{_plain(tracking, one.pair.moving)}"
        for one in tracking.registered
    }
    with whole_folder(folder, replace=replace, before_it_appears=before_it_appears) as unfinished:
        for one in tracking.registered:
            _link(one.folder, unfinished / registrations[one.pair.moving])
        figures = tracking_figures(tracking)
        (unfinished / "figures").mkdir()
        for name, drawing in figures.items():
            _write(unfinished / "figures" / f"{name}.svg", drawing)
        page = render_tracking_page(tracking, figures, registrations=registrations)
        _write(unfinished / "report.html", page)
        _write(unfinished / "lesions.csv", tracking_csv(tracking))
        content = tracking_json(tracking, registrations=registrations)
        _write_baseline_space(tracking, unfinished / BASELINE_SPACE)
        text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
        _write(unfinished / "lesions.json", text + "\n")
        files = list_files(unfinished, {**MEANINGS, **_meanings_of(len(tracking.visits))})
        write_result_json({"kind": KIND, "files": files}, unfinished)


def _meanings_of(count: int) -> dict[str, str]:
    """Say what lies in the space of the baseline, time point by time point."""
    there = {}
    for n in range(1, count + 1):
        name = f"{BASELINE_SPACE}/{n}"
        there[f"{name}-scan.nii.gz"] = f"scan of time point {n} on the grid of the baseline scan"
        there[f"{name}-lesions.nii.gz"] = (
            f"lesions of time point {n} on that grid; 2 is the second of lesions.json"
        )
    return there


def _write_baseline_space(tracking: Tracking, folder: Path) -> None:
    """Write each scan and its lesions on the grid of the baseline scan: N-scan, N-lesions."""
    folder.mkdir()
    for time in range(len(tracking.visits)):
        lesions = lesions_in_baseline_space(tracking, time)
        write_image(lesions, folder / f"{time + 1}-lesions.nii.gz")
        if time > 0:
            write_image(scan_in_baseline_space(tracking, time), folder / f"{time + 1}-scan.nii.gz")


def _plain(tracking: Tracking, time: int) -> str:
    return tracking.study.names[time].replace(" ", "-")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _link(source: Path, target: Path) -> None:
    """Bring a result folder over without a second copy on the disk, where the disk can do that."""
    try:
        shutil.copytree(source, target, copy_function=os.link)
    except (OSError, shutil.Error):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
