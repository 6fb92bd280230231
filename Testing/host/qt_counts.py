"""Make None, True and False immortal where Python does not: PySide6 counts on it.

PySide6 6.12 is built for Python 3.12's stable interface, whose functions return None without
counting the reference. On Python 3.11 each call then takes one away, until None is deallocated.
"""

from __future__ import annotations

import ctypes
import sys

MANY = 1 << 40


def keep_constants_alive():
    """Give the constants so many references that no run of tests can use them up."""
    if sys.version_info >= (3, 12):
        return
    for constant in (None, True, False, NotImplemented, Ellipsis):
        if sys.getrefcount(constant) < MANY:
            ctypes.c_ssize_t.from_address(id(constant)).value += MANY
