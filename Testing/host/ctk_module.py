"""The module `ctk`: the widgets of CTK that a panel needs."""

from __future__ import annotations

import sys
import types

import qt


def start_ctk():
    """Install the module `ctk` in sys.modules and return it; `qt` must be there."""
    if "ctk" in sys.modules:
        return sys.modules["ctk"]
    from host import ctk_collapsible, ctk_numbers, ctk_paths, ctk_range

    module = types.ModuleType("ctk", "The widgets of CTK that a panel needs.")
    for part in (ctk_collapsible, ctk_numbers, ctk_paths, ctk_range):
        for name, found in vars(part).items():
            if name.startswith("ctk"):
                setattr(module, name, found)
    module.ctkComboBox = type("ctkComboBox", (qt.QComboBox,), {"STUB": True})
    sys.modules["ctk"] = module
    return module
