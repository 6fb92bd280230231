"""All time points in the space of the baseline, with plot and table below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import slicer

from VolumePreservingRegLib.review.captions import Captions
from VolumePreservingRegLib.review.display_as_found import restrict_to
from VolumePreservingRegLib.review.jump import jump_to
from VolumePreservingRegLib.review.linking import fit, link
from VolumePreservingRegLib.timeline.layout import (
    is_ours,
    layout_number,
    register_layouts,
    view_names,
)
from VolumePreservingRegLib.timeline.nodes import TimelineNodes
from VolumePreservingRegLib.timeline.sources import keep_out, let_in

FAINT, FULL = 0.45, 1.0


class TimelineViews:
    """Shows a result in linked views, and the user's own layout again afterwards."""

    def __init__(self, layoutManager: Any, *, later: Callable[[Callable[[], None]], None]) -> None:
        """Make the layouts known; without views nothing is ever shown.

        `later` calls a function once the views of a new layout have their sizes.
        """
        self._manager, self._later = layoutManager, later
        self._former: int | None = None
        self._captions = Captions()
        self._drawn: list[Any] = []
        if layoutManager is not None:
            register_layouts(layoutManager)

    @property
    def shown(self) -> bool:
        """Whether a layout of time points is on the screen."""
        return self._manager is not None and is_ours(self._manager.layout)

    def show(
        self, nodes: TimelineNodes, baseline: Any, names: list[str], drawn: Sequence[Any]
    ) -> None:
        """Show the scans with their lesions; of more than twelve the last ones.

        What was `drawn` is kept out: the aligned lesions of each date are outlined instead.
        """
        if self._manager is None:
            return
        if not self.shown:
            self._former = self._manager.layout
        self._captions.clear()
        scans = [baseline, *nodes.scans]
        tags = view_names(len(scans))
        self._manager.setLayout(layout_number(len(scans)))
        latest = slice(len(scans) - len(tags), None)
        views = [self._manager.sliceWidget(tag) for tag in tags]
        for view, scan, name in zip(views, scans[latest], names[latest], strict=True):
            self._fill(view, scan, name)
        self._drawn = list(drawn)
        keep_out(self._drawn, views)
        for index, lesions in enumerate(nodes.lesions):
            place = index - (len(scans) - len(tags))
            outline(lesions, views[place] if place >= 0 else None)
        link(views)
        fit(views, baseline)
        self._later(lambda: self._fit_again(views, baseline))
        show_numbers(nodes)

    def jump(self, nodes: TimelineNodes, place: tuple[float, ...], lesion: str) -> None:
        """Bring the views to a lesion, and draw the others faintly."""
        for segmentation in nodes.lesions:
            stress(segmentation, lesion)
        jump_to(place)

    def leave(self, nodes: TimelineNodes | None) -> None:
        """Show the user's layout again, unless the user has chosen another since."""
        self._captions.clear()
        let_in(self._drawn)
        self._drawn = []
        for lesions in nodes.lesions if nodes else []:
            outline(lesions, None)
        former, self._former = self._former, None
        if self.shown:
            self._manager.setLayout(former or slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpView)

    def _fit_again(self, views: list[Any], baseline: Any) -> None:
        if self.shown and baseline.GetScene() is not None:
            fit(views, baseline)

    def _fill(self, view: Any, scan: Any, name: str) -> None:
        composite = view.mrmlSliceCompositeNode()
        composite.SetBackgroundVolumeID(scan.GetID())
        composite.SetForegroundVolumeID(None)
        composite.SetLabelVolumeID(None)
        view.mrmlSliceNode().SetLayoutLabel(name)
        self._captions.show(view, name)


def outline(segmentation: Any, view: Any | None) -> None:
    """Draw the lesions of a date in the view of that date alone, or nowhere."""
    display = segmentation.GetDisplayNode()
    if display is not None:
        display.SetVisibility(view is not None)
        restrict_to(display, [view.mrmlSliceNode().GetID()] if view is not None else [])


def stress(segmentation: Any, lesion: str) -> None:
    """Draw one lesion fully and the others faintly."""
    display = segmentation.GetDisplayNode()
    if display is None:
        return
    modifying = display.StartModify()
    for segment in segmentation.GetSegmentation().GetSegmentIDs():
        display.SetSegmentOpacity2DOutline(segment, FULL if segment == lesion else FAINT)
    display.EndModify(modifying)


def show_numbers(nodes: TimelineNodes) -> None:
    """Show chart and table in the plot and table views of the layout.

    As vtkSlicerPlotsLogic::ShowChartInLayout does, but for the layout, which it would change: it
    knows its own layouts only.
    """
    logic = slicer.app.applicationLogic()
    selection = logic.GetSelectionNode()
    selection.SetActivePlotChartID(nodes.chart.GetID())
    logic.PropagatePlotChartSelection()
    selection.SetActiveTableID(nodes.table.GetID())
    logic.PropagateTableSelection()
