"""The list of time points: a date, a scan, a segmentation and a segment in each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import qt
import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.timeline.dates import date_of_scan
from VolumePreservingRegLib.timeline.time_point import ALL_SEGMENTS, TimePoint

DATE, SCAN, SEGMENTATION, SEGMENT = range(4)
ROWS_SHOWN = 6
SELECTOR_WIDTH = 110


class TimelinePoints:
    """Keeps the table and the time points alike; `changed(point)` is told what the user chose."""

    def __init__(self, table: Any, *, changed: Callable[[TimePoint], None]) -> None:
        """Show no time point."""
        self._table, self._changed = table, changed
        self._points: list[TimePoint] = []
        self._selectors: list[tuple[Any, Any, Any]] = []
        self._filling = False
        table.setColumnCount(4)
        titles = (_("Date"), _("Scan"), _("Segmentation"), _("Lesions"))
        table.setHorizontalHeaderLabels(list(titles))
        table.verticalHeader().setVisible(True)
        table.connect("itemChanged(QTableWidgetItem*)", self._onItem)
        self.show([])

    def show(self, points: Sequence[TimePoint]) -> None:
        """Show these time points; selectors are kept for as long as the rows are the same."""
        if self._filling:
            return
        self._filling = True
        try:
            if [one.key for one in points] != [one.key for one in self._points]:
                self._make_rows(points)
            self._points = list(points)
            for row, point in enumerate(points):
                self._fill(row, point)
        finally:
            self._filling = False

    def selectedKey(self) -> str | None:
        """Return the key of the row that is selected; of the last one if none is."""
        row = self._table.currentRow()
        if 0 <= row < len(self._points):
            return self._points[row].key
        return self._points[-1].key if self._points else None

    def _make_rows(self, points: Sequence[TimePoint]) -> None:
        table = self._table
        table.setRowCount(0)
        table.setRowCount(len(points))
        self._selectors = []
        for row, point in enumerate(points):
            table.setItem(row, DATE, qt.QTableWidgetItem(""))
            scan = self._selector("vtkMRMLScalarVolumeNode", point.key, "scan")
            drawn = self._selector("vtkMRMLSegmentationNode", point.key, "segmentation")
            segments = qt.QComboBox()
            segments.connect(
                "activated(int)",
                lambda index, key=point.key, box=segments: self._onSegment(key, box, index),
            )
            for column, widget in ((SCAN, scan), (SEGMENTATION, drawn), (SEGMENT, segments)):
                table.setCellWidget(row, column, widget)
            self._selectors.append((scan, drawn, segments))
        table.resizeColumnToContents(DATE)
        for column in (SCAN, SEGMENTATION, SEGMENT):
            table.setColumnWidth(column, SELECTOR_WIDTH)
        line = table.verticalHeader().defaultSectionSize
        rows = min(max(len(points), 2), ROWS_SHOWN)
        table.setFixedHeight((rows + 1) * line + 4 * table.frameWidth + line // 2)

    def _selector(self, class_name: str, key: str, field: str) -> Any:
        selector = slicer.qMRMLNodeComboBox()
        selector.nodeTypes = [class_name]
        selector.showChildNodeTypes = False
        selector.noneEnabled = True
        selector.addEnabled = False
        selector.removeEnabled = False
        selector.setMRMLScene(slicer.mrmlScene)
        selector.connect(
            "currentNodeChanged(vtkMRMLNode*)", lambda node: self._onNode(key, field, node)
        )
        return selector

    def _fill(self, row: int, point: TimePoint) -> None:
        scan, drawn, segments = self._selectors[row]
        item = self._table.item(row, DATE)
        if item.text() != point.date:
            item.setText(point.date)
            self._table.resizeColumnToContents(DATE)
        scan.setCurrentNode(point.scan)
        drawn.setCurrentNode(point.segmentation)
        segments.clear()
        segments.addItem(_("All segments"), ALL_SEGMENTS)
        if point.segmentation is not None:
            known = point.segmentation.GetSegmentation()
            for segment in known.GetSegmentIDs():
                segments.addItem(known.GetSegment(segment).GetName(), segment)
        segments.setCurrentIndex(segments.findData(point.segmentID))
        segments.setEnabled(point.segmentation is not None)

    def _point(self, key: str) -> TimePoint | None:
        return next((point for point in self._points if point.key == key), None)

    def _onItem(self, item: Any) -> None:
        if self._filling or item.column() != DATE or item.row() >= len(self._points):
            return
        self._changed(replace(self._points[item.row()], date=item.text().strip()))

    def _onNode(self, key: str, field: str, node: Any) -> None:
        point = self._point(key)
        if self._filling or point is None or getattr(point, field) is node:
            return
        found = replace(point, **{field: node})
        if field == "scan" and node is not None and not point.date:
            found = replace(found, date=date_of_scan(node))
        if field == "segmentation":
            found = replace(found, segmentID=ALL_SEGMENTS)
        self._changed(found)

    def _onSegment(self, key: str, box: Any, index: int) -> None:
        point = self._point(key)
        if not self._filling and point is not None and index >= 0:
            self._changed(replace(point, segmentID=str(box.itemData(index))))
