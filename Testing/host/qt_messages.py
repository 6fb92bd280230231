"""Qt's own warnings go to Python's log, where tests can see them."""

from __future__ import annotations

import logging

from PySide6 import QtCore

HARMLESS = ("propagateSizeHints",)
LEVELS = {
    QtCore.QtMsgType.QtDebugMsg: logging.DEBUG,
    QtCore.QtMsgType.QtInfoMsg: logging.INFO,
    QtCore.QtMsgType.QtWarningMsg: logging.WARNING,
    QtCore.QtMsgType.QtCriticalMsg: logging.ERROR,
    QtCore.QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_messages():
    """Send what Qt says to the log."""
    QtCore.qInstallMessageHandler(log_message)


def log_message(kind, _context, text):
    """Log one message unless the screenless platform is known for it."""
    if not any(part in text for part in HARMLESS):
        logging.getLogger("qt").log(LEVELS[kind], text)
