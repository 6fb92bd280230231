"""ctkCollapsibleButton: a section that opens and closes."""

from __future__ import annotations

import qt
from PySide6 import QtCore, QtGui, QtWidgets

ON_PURPOSE = QtCore.Qt.WidgetAttribute.WA_WState_ExplicitShowHide
WISH = "visibilityToParent"
WISHES = {QtCore.QEvent.Type.ShowToParent: True, QtCore.QEvent.Type.HideToParent: False}


class ctkCollapsibleButton(qt.QAbstractButton):
    """A button as wide as its section, whose children show while it is open."""

    STUB = True
    SIGNATURES = {"contentsCollapsed(bool)": "contentsCollapsed"}
    contentsCollapsed = QtCore.Signal(bool)

    def __init__(self, *arguments):
        super().__init__(*[one for one in arguments if not isinstance(one, str)])
        self.text = next((one for one in arguments if isinstance(one, str)), "")
        self._forcing = False
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
        self._show_children()
        self.updateGeometry()
        self.contentsCollapsed.emit(not opened)

    def _show_children(self):
        for child in self.children():
            if isinstance(child, QtWidgets.QWidget) and not child.isWindow():
                if child.property(WISH) is None:
                    child.setProperty(WISH, not is_hidden_on_purpose(child))
                    child.installEventFilter(self)
                self._show_child(child)

    def _show_child(self, child):
        self._forcing = True
        child.setVisible(bool(self.checked and child.property(WISH)))
        # Else Qt would not tell of a child that is hidden on purpose while the section is closed.
        if child.property(WISH):
            child.setAttribute(ON_PURPOSE, False)
        self._forcing = False

    def eventFilter(self, child, event):
        """Remember who shows or hides a child on purpose; a closed section stays closed."""
        if not self._forcing and event.type() in WISHES:
            child.setProperty(WISH, WISHES[event.type()])
            self._show_child(child)
        return super().eventFilter(child, event)

    def showEvent(self, event):
        """Hide what was put into a closed section; earlier, the children are not there yet."""
        if not self.checked:
            self._show_children()
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


def is_hidden_on_purpose(child):
    """Tell a widget that was hidden from one that waits for its parent to be shown."""
    return child.isHidden() and child.testAttribute(ON_PURPOSE)


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
