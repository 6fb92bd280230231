"""The list of lesions at all dates, with what the reader says of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import qt
from slicer.i18n import tr as _

from VolumePreservingRegLib.timeline.figures import Figures
from VolumePreservingRegLib.timeline.review import NOTHING, Review, Reviews, Verdict
from VolumePreservingRegLib.timeline.row_words import measured_words, property_words, size_words
from VolumePreservingRegLib.timeline.table import event_words

ROWS_SHOWN = 9


class TimelineLesions:
    """Shows rows and their reviews; `selected(row)` and `reviewed(row, review)` are told."""

    def __init__(
        self,
        ui: Any,
        *,
        selected: Callable[[Figures], None],
        reviewed: Callable[[Figures, Review], None],
    ) -> None:
        """Show that there is nothing yet."""
        self._ui, self._selected, self._reviewed = ui, selected, reviewed
        self._rows: list[Figures] = []
        self._reviews: Reviews = {}
        self._filling = False
        titles = (_("Lesion"), _("Date"), _("Volume"), _("Review"), _("What became of it"))
        ui.lesionTable.setColumnCount(len(titles))
        ui.lesionTable.setHorizontalHeaderLabels(list(titles))
        ui.lesionTable.verticalHeader().setVisible(False)
        ui.lesionTable.connect("currentCellChanged(int,int,int,int)", self._onCell)
        ui.acceptButton.connect("clicked(bool)", lambda on: self._onVerdict(Verdict.ACCEPTED, on))
        ui.rejectButton.connect("clicked(bool)", lambda on: self._onVerdict(Verdict.REJECTED, on))
        ui.commentLineEdit.connect("editingFinished()", self._onComment)
        self.show([], {}, [])

    def show(self, rows: Sequence[Figures], reviews: Reviews, outdated: Sequence[bool]) -> None:
        """Show these rows; the selected one stays selected if it is still there."""
        current = self.current()
        self._filling = True
        try:
            self._rows, self._reviews = list(rows), reviews
            self._fill(outdated)
            there = [one.at for one in self._rows]
            at = there.index(current.at) if current and current.at in there else -1
            self._ui.lesionTable.setCurrentCell(at, 0 if at >= 0 else -1)
        finally:
            self._filling = False
        self._show_current()

    def current(self) -> Figures | None:
        """Return the row that is selected."""
        row = self._ui.lesionTable.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _fill(self, outdated: Sequence[bool]) -> None:
        table = self._ui.lesionTable
        table.setRowCount(len(self._rows))
        for index, row in enumerate(self._rows):
            review = self._reviews.get(row.at, NOTHING)
            said = review.verdict.label() + (" …" if review.comment else "")
            words = (row.lesion, row.timePoint, size_words(row), said, event_words(row))
            for column, text in enumerate(words):
                item = qt.QTableWidgetItem(text)
                item.setFlags(qt.Qt.ItemIsSelectable | qt.Qt.ItemIsEnabled)
                if index < len(outdated) and outdated[index]:
                    font = item.font()
                    font.setItalic(True)
                    item.setFont(font)
                    item.setToolTip(_("Outdated: an input was edited. Press Update."))
                elif review.comment:
                    item.setToolTip(review.comment)
                table.setItem(index, column, item)
        table.resizeColumnsToContents()
        table.resizeRowsToContents()
        shown = min(max(len(self._rows), 3), ROWS_SHOWN)
        line = table.rowHeight(0) if self._rows else table.verticalHeader().defaultSectionSize
        table.setFixedHeight((shown + 1) * line + 4 * table.frameWidth + line)

    def _show_current(self) -> None:
        row, ui = self.current(), self._ui
        review = self._reviews.get(row.at, NOTHING) if row else NOTHING
        ui.measuredDetailLabel.setText(measured_words(row) if row else "")
        ui.propertyDetailLabel.setText(property_words(row) if row else "")
        for heading, label in (
            (ui.measuredHeadingLabel, ui.measuredDetailLabel),
            (ui.propertyHeadingLabel, ui.propertyDetailLabel),
        ):
            heading.setVisible(row is not None)
            label.setVisible(row is not None)
        ui.acceptButton.checked = review.verdict is Verdict.ACCEPTED
        ui.rejectButton.checked = review.verdict is Verdict.REJECTED
        if ui.commentLineEdit.text != review.comment:
            ui.commentLineEdit.setText(review.comment)
        for widget in (ui.acceptButton, ui.rejectButton, ui.commentLineEdit):
            widget.setEnabled(row is not None)

    def _onCell(self, row: int, _column: int, rowBefore: int, _columnBefore: int) -> None:
        if self._filling:
            return
        self._show_current()
        if row != rowBefore and self.current() is not None:
            self._selected(self.current())

    def _onVerdict(self, verdict: Verdict, on: bool) -> None:
        row = self.current()
        if row is not None:
            comment = self._reviews.get(row.at, NOTHING).comment
            self._reviewed(row, Review(verdict if on else Verdict.NONE, comment))

    def _onComment(self) -> None:
        row, text = self.current(), self._ui.commentLineEdit.text.strip()
        if self._filling or row is None:
            return
        review = self._reviews.get(row.at, NOTHING)
        if text != review.comment:
            self._reviewed(row, Review(review.verdict, text))
