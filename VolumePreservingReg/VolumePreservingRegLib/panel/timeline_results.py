"""The result of a timeline: lesions, reviews, plot, table and views, and what is outdated."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import qt
import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.panel.timeline_lesions import TimelineLesions
from VolumePreservingRegLib.review.layout_watch import LayoutWatch
from VolumePreservingRegLib.run.later import call_later
from VolumePreservingRegLib.timeline.csv_file import csv_with_reviews
from VolumePreservingRegLib.timeline.edit_watch import outdated_times
from VolumePreservingRegLib.timeline.figures import Figures, read_content, rows_of
from VolumePreservingRegLib.timeline.nodes import TimelineNodes, find
from VolumePreservingRegLib.timeline.plot import fill_plot_table, set_log_scale
from VolumePreservingRegLib.timeline.review import Review
from VolumePreservingRegLib.timeline.row_words import response_words
from VolumePreservingRegLib.timeline.store import Store
from VolumePreservingRegLib.timeline.table import show_outdated, show_reviews
from VolumePreservingRegLib.timeline.views import TimelineViews


class TimelineResults:
    """Shows the result to which a parameter node refers, and keeps what the reader says of it."""

    def __init__(self, ui: Any) -> None:
        """Show that there is no result."""
        self._ui = ui
        self._store: Store | None = None
        self._nodes: TimelineNodes | None = None
        self._content: dict[str, Any] = {}
        self.rows: list[Figures] = []
        self._views = TimelineViews(
            slicer.app.layoutManager(), later=lambda call: call_later(0, call)
        )
        self._layout = self._watch_layout()
        self._lesions = TimelineLesions(ui, selected=self._onSelected, reviewed=self._onReviewed)
        ui.logScaleCheckBox.connect("toggled(bool)", self._onLogScale)
        ui.showTimelineButton.connect("toggled(bool)", self._onShow)
        ui.exportCsvButton.connect("clicked(bool)", self._onExport)
        self._show_whether_there()

    @property
    def nodes(self) -> TimelineNodes | None:
        """The result that is shown."""
        return self._nodes

    def connect(self, parameterNode: Any, store: Store | None) -> None:
        """Show the result of a parameter node; None shows none."""
        nodes = find(parameterNode) if parameterNode is not None else None
        if nodes is None:
            self.leave()
        self._store, self._nodes = store, nodes
        self._content = read_content(nodes.figures.GetText()) if nodes else {}
        self.rows = rows_of(self._content) if nodes else []
        self._show_whether_there()
        if nodes is not None and self._ui.showTimelineButton.checked:
            self._onShow(True)
        elif nodes is not None and self._views.shown:
            self._ui.showTimelineButton.checked = True

    def show(self, *, outdated: bool) -> None:
        """Show what the store holds; `outdated` if the result is that of other choices."""
        if self._nodes is None or self._store is None:
            self._lesions.show([], {}, [])
            return
        first = outdated_times(self._store.madeOf(), self._store.edited())
        marks = [outdated or row.time >= first for row in self.rows]
        self._lesions.show(self.rows, self._store.reviews(), marks)
        self._show_mark(marks)
        self._show_response()

    def refreshNodes(self) -> None:
        """Write reviews and the scale of the axis into the nodes of the scene."""
        if self._nodes is None or self._store is None:
            return
        reviews, log_scale = self._store.reviews(), self._store.options().logScale
        show_reviews(self._nodes.table, self.rows, reviews)
        modifying = self._nodes.plotTable.StartModify()
        fill_plot_table(self._nodes.plotTable, self.rows, reviews, log_scale=log_scale)
        self._nodes.plotTable.EndModify(modifying)
        set_log_scale(self._nodes.chart, log_scale)

    def exportCsv(self, path: Path) -> None:
        """Write all figures with the columns `review` and `comment`."""
        text = csv_with_reviews(self._nodes.csv.GetText(), self._store.reviews())
        path.write_text(text, encoding="utf-8", newline="")

    def leave(self) -> None:
        """Show the user's own layout again."""
        self._ui.showTimelineButton.checked = False

    def close(self) -> None:
        """Show the user's own layout again, and notice nothing any more."""
        self.leave()
        if self._layout is not None:
            self._layout.close()

    def _watch_layout(self) -> LayoutWatch | None:
        manager = slicer.app.layoutManager()
        return LayoutWatch(manager, changed=self._onLayout) if manager is not None else None

    def _onLayout(self) -> None:
        # The user chose another layout: the button must not say otherwise.
        if not self._views.shown:
            self.leave()

    def _show_whether_there(self) -> None:
        there = self._nodes is not None
        self._ui.timelineResults.setVisible(there)
        if there:
            self._ui.logScaleCheckBox.checked = self._store.options().logScale

    def _show_mark(self, marks: Sequence[bool]) -> None:
        label, some = self._ui.timelineStaleLabel, any(marks)
        label.setVisible(some)
        label.setText(
            _("Inputs were changed: rows in italics are outdated. Press Update.") if some else ""
        )
        table = self._nodes.table
        column = table.GetTable().GetColumnByName("State")
        if [bool(column.GetValue(n)) for n in range(column.GetNumberOfValues())] != list(marks):
            show_outdated(table, marks)

    def _show_response(self) -> None:
        row = self._lesions.current()
        time = row.time if row else len(self._content["time_points"]) - 1
        words, reasons = response_words(self._content, time)
        if words and not self._store.options().lookedForNew:
            words += "\n" + _("To decide more: look for new lesions, say so above, and update.")
        self._ui.responseLabel.setText(words)
        self._ui.responseLabel.setToolTip(reasons)
        self._ui.responseLabel.setVisible(bool(words))

    def _onSelected(self, row: Figures) -> None:
        self._show_response()
        place = self._place(row)
        if place is not None:
            self._views.jump(self._nodes, place, row.lesion)

    def _place(self, row: Figures) -> tuple[float, ...] | None:
        """Return where a lesion is at baseline; where it is not seen, where it was seen next."""
        known = []
        for index, other in enumerate(self.rows):
            place = tuple(self._cell(index, f"Place{axis}") for axis in "RAS")
            if other.lesion == row.lesion and not any(math.isnan(mm) for mm in place):
                known.append((abs(other.time - row.time), place))
        return min(known)[1] if known else None

    def _cell(self, row: int, column: str) -> float:
        return float(self._nodes.table.GetTable().GetColumnByName(column).GetValue(row))

    def _onReviewed(self, row: Figures, review: Review) -> None:
        self._store.setReviews({**self._store.reviews(), row.at: review})
        self.refreshNodes()

    def _onLogScale(self, on: bool) -> None:
        if self._store is not None and self._store.options().logScale != on:
            self._store.setOptions(replace(self._store.options(), logScale=on))
            self.refreshNodes()

    def _onShow(self, on: bool) -> None:
        if not on or self._nodes is None:
            self._views.leave(self._nodes)
            return
        names = [point["name"] for point in self._content["time_points"]]
        points = self._store.points()
        baseline = next((p.scan for p in points if p.key == self._store.madeOf()[0]), None)
        if baseline is not None:
            drawn = [point.segmentation for point in points]
            self._views.show(self._nodes, baseline, names, drawn)

    def _onExport(self, _clicked: bool = False) -> None:
        path = qt.QFileDialog.getSaveFileName(
            slicer.util.mainWindow(), _("Export"), "lesions.csv", _("Table (*.csv)")
        )
        if path:
            self.exportCsv(Path(str(path)))
