"""ctkCollapsibleButton: a section that opens and closes."""

from __future__ import annotations

import qt
from PySide6 import QtCore, QtGui, QtWidgets


class ctkCollapsibleButton(qt.QAbstractButton):
    """A button as wide as its section, whose children show while it is open."""

    STUB = True
    SIGNATURES = {"contentsCollapsed(bool)": "contentsCollapsed"}
    contentsCollapsed = QtCore.Signal(bool)

    def __init__(self, *arguments):
        super().__init__(*[one for one in arguments if not isinstance(one, str)])
        self.text = next((one for one in arguments if isinstance(one, str)), "")
        self._hidden_by_us = []
        self.checkable = True
        self.checked = True
        self.setContentsMargins(0, self._header_height(), 0, 0)
        self.setSizePolicy(QtWidgets.QSizePolicy.Preferred, QtWidgets.QSizePolicy.Preferred)
        self.toggled.connect(self._on_toggled)

    def _get_collapsed(self):
        return not self.checked

    def _set_collapsed(self, collapsed):
        self.setChecked(not collapsed)

    collapsed = QtCore.Property(bool, _get_collapsed, _set_collapsed)

    def setCollapsed(self, collapsed):
        """Close or open the section."""
        self._set_collapsed(collapsed)

    def _on_toggled(self, opened):
        self._show_children(opened)
        self.updateGeometry()
        self.contentsCollapsed.emit(not opened)

    def _show_children(self, opened):
        if opened:
            for child in self._hidden_by_us:
                child.setVisible(True)
            self._hidden_by_us = []
        else:
            shown = [one for one in self.children() if is_shown_child(one)]
            self._hidden_by_us += shown
            for child in shown:
                child.setVisible(False)

    def showEvent(self, event):
        """Hide what was put into a closed section; earlier, the children are not there yet."""
        if not self.checked:
            self._show_children(opened=False)
        super().showEvent(event)

    def _header_height(self):
        return self.fontMetrics().height() + 10

    def sizeHint(self):
        """Ask for the header, and for the children while open."""
        header = QtCore.QSize(
            self.fontMetrics().horizontalAdvance(self.text) + 40, self._header_height()
        )
        return header.expandedTo(super().sizeHint()) if self.checked else header

    def minimumSizeHint(self):
        """Take no more than the header while closed."""
        header = QtCore.QSize(20, self._header_height())
        return header.expandedTo(super().minimumSizeHint()) if self.checked else header

    def hitButton(self, position):
        """React to clicks on the header only."""
        return position.y() <= self._header_height()

    def paintEvent(self, _event):
        """Draw the header with an arrow."""
        painter = QtWidgets.QStylePainter(self)
        option = QtWidgets.QStyleOptionToolButton()
        option.initFrom(self)
        option.rect = QtCore.QRect(0, 0, self.width, self._header_height())
        painter.fillRect(option.rect, self.palette.brush(QtGui.QPalette.ColorRole.Midlight))
        arrow = QtWidgets.QStyleOption()
        arrow.initFrom(self)
        arrow.rect = QtCore.QRect(6, 4, 14, self._header_height() - 8)
        style = QtWidgets.QStyle.PrimitiveElement
        kind = style.PE_IndicatorArrowDown if self.checked else style.PE_IndicatorArrowRight
        painter.drawPrimitive(kind, arrow)
        painter.drawText(
            option.rect.adjusted(26, 0, 0, 0), int(QtCore.Qt.AlignmentFlag.AlignVCenter), self.text
        )


def is_shown_child(child):
    """Say whether a child is a widget that has not been hidden on purpose."""
    return isinstance(child, QtWidgets.QWidget) and not child.isHidden() and not child.isWindow()


class ctkCollapsibleGroupBox(qt.QGroupBox):
    """A group box that closes when it is unchecked."""

    STUB = True

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.checkable = True
        self.toggled.connect(lambda opened: self.setMaximumHeight(16777215 if opened else 24))

    def _get_collapsed(self):
        return not self.checked

    def _set_collapsed(self, collapsed):
        self.setChecked(not collapsed)

    collapsed = QtCore.Property(bool, _get_collapsed, _set_collapsed)
