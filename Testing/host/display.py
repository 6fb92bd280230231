"""Say what is missing before Qt aborts for want of a screen."""

from __future__ import annotations

import ctypes
import os
import sys

XCB = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def require_display():
    """Raise SystemExit with what to do where no window can be opened."""
    if sys.platform != "linux" or "QT_QPA_PLATFORM" in os.environ:
        return
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        sys.exit("Run this where windows can be shown: neither DISPLAY nor WAYLAND_DISPLAY is set.")
    missing = [package for library, package in XCB.items() if not is_found(library)]
    if missing and not os.environ.get("WAYLAND_DISPLAY"):
        sys.exit(f"Install what Qt needs on X11: sudo apt install {' '.join(missing)}")


def is_found(library):
    """Say whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
