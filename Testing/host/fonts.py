"""Give Qt a font where the system has none, or text would be drawn as boxes."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from PySide6 import QtGui


def ensure_font():
    """Add DejaVu of matplotlib, which VTK brings, unless the system has fonts of its own."""
    if QtGui.QFontDatabase.families():
        return
    found = importlib.util.find_spec("matplotlib")
    fonts = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" if found else Path("none")
    for path in sorted(fonts.glob("DejaVuSans*.ttf")):
        QtGui.QFontDatabase.addApplicationFont(str(path))
