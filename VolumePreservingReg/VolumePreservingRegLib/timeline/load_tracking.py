"""The result of a study becomes nodes of the scene: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.display_scan import display_like
from VolumePreservingRegLib.scene.geometry import same_place, world_from_ijk
from VolumePreservingRegLib.scene.nothing_on_failure import nothing_on_failure
from VolumePreservingRegLib.scene.read_files import read_volume
from VolumePreservingRegLib.timeline.figures import Figures, read_figures, rows_of
from VolumePreservingRegLib.timeline.lesion_segments import add_lesions
from VolumePreservingRegLib.timeline.nodes import TimelineNodes
from VolumePreservingRegLib.timeline.place_result import place_result
from VolumePreservingRegLib.timeline.plot import (
    fill_plot_table,
    in_chart,
    style_chart,
    style_series,
)
from VolumePreservingRegLib.timeline.request import StudyRequest
from VolumePreservingRegLib.timeline.table import fill_table

FIGURES, CSV = "lesions.json", "lesions.csv"
SPACE = "baseline_space"


@dataclass(frozen=True)
class ReadStudy:
    """All that the scene needs, read and checked; `labels` (K, J, I) has n for the n-th lesion."""

    text: str
    csv: str
    rows: list[Figures]
    lesions: list[str]
    labels: list[np.ndarray]
    scans: list[Any]


def load_tracking(folder: Path, request: StudyRequest) -> TimelineNodes:
    """Show a study in the scene.

    ValueError with a plain sentence, and a scene as it was, if an input was removed meanwhile or a
    file is missing, damaged, or of other scans.
    """
    inputs = [node for point in request.points for node in (point.scan, point.segmentation)]
    scene = inputs[0].GetScene()
    if scene is None or any(node.GetScene() is not scene for node in inputs):
        raise ValueError(_("an input of the job is no longer in the scene"))
    read = read_study(Path(folder), request)
    with nothing_on_failure(scene):
        return _add(read, request, scene)


def read_study(folder: Path, request: StudyRequest) -> ReadStudy:
    """Read and check everything; ValueError with a plain sentence if something is wrong."""
    content = read_figures(folder / FIGURES)
    count = len(request.points)
    if len(content["time_points"]) != count:
        raise ValueError(_("Register again: the results have another number of time points."))
    baseline = request.points[0].scan
    maps = [_on(baseline, folder / SPACE / f"{n}-lesions.nii.gz") for n in range(1, count + 1)]
    return ReadStudy(
        text=(folder / FIGURES).read_text(encoding="utf-8"),
        csv=(folder / CSV).read_text(encoding="utf-8"),
        rows=rows_of(content),
        lesions=[lesion["name"] for lesion in content["lesions"]],
        labels=[np.rint(slicer.util.arrayFromVolume(one)).astype(np.int16) for one in maps],
        scans=[_on(baseline, folder / SPACE / f"{n}-scan.nii.gz") for n in range(2, count + 1)],
    )


def places_of(read: ReadStudy, baseline: Any) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Return the middle of each lesion in the space of the baseline (RAS), where it is seen."""
    to_world = slicer.util.arrayFromVTKMatrix(world_from_ijk(baseline))
    found = {}
    for row in read.rows:
        at = np.argwhere(read.labels[row.time] == read.lesions.index(row.lesion) + 1)
        if len(at):
            place = to_world[:3, :3] @ at.mean(axis=0)[::-1] + to_world[:3, 3]
            r, a, s = (round(float(mm), 2) for mm in place)
            found[row.at] = (r, a, s)
    return found


def _on(scan: Any, path: Path) -> Any:
    volume = read_volume(path)
    if not same_place(volume, scan):
        msg = _("Register again: {path} does not lie on {scan}.")
        raise ValueError(msg.format(path=path, scan=scan.GetName()))
    return volume


def _add(read: ReadStudy, request: StudyRequest, scene: Any) -> TimelineNodes:
    nodes, points = TimelineNodes(), request.points
    baseline = points[0].scan
    for point, scan in zip(points[1:], read.scans, strict=True):
        name = _("{scan} in the space of {baseline}")
        added = _named(
            scene, scan, name.format(scan=point.scan.GetName(), baseline=baseline.GetName())
        )
        display_like(added, point.scan)
        nodes.scans.append(added)
    names = [row.timePoint for row in read.rows[: len(points)]]
    for name, labels in zip(names, read.labels, strict=True):
        node = _new(scene, "vtkMRMLSegmentationNode", _("Lesions, {date}").format(date=name))
        add_lesions(node, labels, read.lesions, on=baseline)
        nodes.lesions.append(node)
    _add_tables(nodes, read, baseline, scene)
    for index, lesion in enumerate(read.lesions):
        series = _new(scene, "vtkMRMLPlotSeriesNode", lesion)
        style_series(series, nodes.plotTable, lesion, index)
        nodes.series.append(series)
    nodes.chart = _new(scene, "vtkMRMLPlotChartNode", _("Tumor over time"))
    shown = in_chart(read.rows)
    series = [one for one in nodes.series if one.GetYColumnName() in shown]
    style_chart(nodes.chart, series, baseline=names[0], days=read.rows[-1].day)
    place_result(nodes, baseline=baseline)
    return nodes


def _add_tables(nodes: TimelineNodes, read: ReadStudy, baseline: Any, scene: Any) -> None:
    nodes.table = _new(scene, "vtkMRMLTableNode", _("Tumor over time: lesions"))
    fill_table(nodes.table, read.rows, places_of(read, baseline), {})
    nodes.plotTable = _new(scene, "vtkMRMLTableNode", _("Tumor over time: plotted volumes"))
    fill_plot_table(nodes.plotTable, read.rows, {}, log_scale=False)
    for role, name, text in (
        ("figures", _("Tumor over time: all figures"), read.text),
        ("csv", _("Tumor over time: all figures as CSV"), read.csv),
    ):
        node = _new(scene, "vtkMRMLTextNode", name)
        node.SetText(text)
        setattr(nodes, role, node)


def _named(scene: Any, node: Any, name: str) -> Any:
    node.SetName(name)
    return scene.AddNode(node)


def _new(scene: Any, class_name: str, name: str) -> Any:
    return scene.AddNewNodeByClass(class_name, name)
