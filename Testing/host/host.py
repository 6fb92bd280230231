"""The host: opens modules and scenes, waits, and takes pictures."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import qt
import slicer

from host.main_window import MainWindow
from host.slicer_modules import load_module, unload_module
from host.slicer_packaging import PACKAGING

ROOT = Path(__file__).resolve().parents[2]


class Host:
    """What tests hold: the application, its scene, its dialogs, its window."""

    def __init__(self, app, mrml, dialogs):
        self.app, self.mrml, self.dialogs = app, mrml, dialogs
        self.packaging = PACKAGING
        self.errors: list[BaseException] = []
        self.window = MainWindow(mrml)
        app.set_layout_manager(self.window.layout_manager)
        sys.excepthook = self._keep_error
        self._entered = None

    @property
    def scene(self):
        """The scene of the application."""
        return slicer.mrmlScene

    def open_module(self, name, *, source=None):
        """Load a module of this project if needed, show its panel, enter it; return the widget."""
        if not hasattr(slicer.modules, name.lower()):
            load_module(source or ROOT / name / f"{name}.py")
            self.app.startupCompleted.emit()
        panel = getattr(slicer.modules, name.lower()).widgetRepresentation()
        self.window.show_panel(panel)
        if self._entered is not panel:
            self.leave_module()
            panel.enter()
            self._entered = panel
        return panel.self()

    def leave_module(self):
        """Leave the panel, as when the user chooses another module."""
        if self._entered is not None:
            self._entered.exit()
            self._entered = None

    def reload_module(self, name):
        """Press Reload; return the new widget."""
        getattr(slicer.modules, name + "Widget").onReload()
        return getattr(slicer.modules, name + "Widget")

    def close_module(self, name):
        """Unload a module as at the end of Slicer."""
        if hasattr(slicer.modules, name.lower()):
            self.leave_module()
            unload_module(name)
            self.process_events()

    def close_scene(self):
        """Close the scene as the File menu does."""
        self.scene.Clear(0)
        self.process_events()

    def save_scene(self, path):
        """Save the scene; a name that ends with .mrb holds the data too."""
        if not slicer.util.saveScene(str(path)):
            msg = f"Choose another file: the scene could not be saved as {path}"
            raise OSError(msg)

    def open_scene(self, path):
        """Close the scene and open another."""
        self.close_scene()
        slicer.util.loadNodesFromFile(str(path), "SceneFile", {"clear": True})
        self.process_events()

    def process_events(self):
        """Let timers, processes and deletions do what is due."""
        self.app.processEvents()
        self.app.sendPostedEvents(None, int(qt.QEvent.DeferredDelete))

    def wait_until(self, condition, timeout_s=10.0):
        """Pump events until a function returns true; AssertionError after the time."""
        end = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > end:
                msg = f"Waited {timeout_s} s in vain"
                raise AssertionError(msg)
            self.process_events()
            time.sleep(0.005)

    def screenshot(self, path):
        """Write a picture of the main window: panel left, views right."""
        self.window.show()
        self.process_events()
        self.app.layoutManager().render_all()
        self.process_events()
        if not self.window.grab().save(str(path)):
            msg = f"Choose another file: the picture could not be saved as {path}"
            raise OSError(msg)

    def take_errors(self):
        """Return and forget the exceptions that slots have raised."""
        taken, self.errors = self.errors, []
        return taken

    def _keep_error(self, kind, error, traceback):
        self.errors.append(error)
        sys.__excepthook__(kind, error, traceback)
