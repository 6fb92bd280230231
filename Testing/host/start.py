"""Start the stand-in for Slicer: start_host() is the one call that tests need."""

from __future__ import annotations

import os
import sys
import types

os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")

HOST = None


def start_host():
    """Start the application once a process and return the Host."""
    global HOST
    if HOST is None:
        from host.qt_module import start_qt

        start_qt()
        from host.fonts import ensure_font
        from host.qt_messages import log_messages
        from host.slicer_app import SlicerApplication

        log_messages()
        app = SlicerApplication()
        ensure_font()
        from host.mrml import start_mrml

        mrml = start_mrml()
        HOST = assemble(app, mrml)
    return HOST


def assemble(app, mrml):
    """Fill the namespace of slicer and build the main window."""
    import slicer

    app.set_mrml(mrml)
    slicer.app = app
    slicer.selfTests = {}
    fill_slicer(slicer)
    from host.host import Host
    from host.slicer_dialogs import record_dialogs

    return Host(app, mrml, record_dialogs())


def fill_slicer(slicer):
    """Add what an installed Slicer has and slicer-core has not."""
    from host.ctk_module import start_ctk
    from host.qmrml_module import add_widgets
    from host.ui_loader import QUiLoader

    add_widgets(slicer)
    start_ctk()
    sys.modules["qt"].QUiLoader = QUiLoader
    from host import (
        parameter_wrapper,
        sample_data,
        segment_statistics,
        slicer_i18n,
        slicer_packaging,
        slicer_scripted_module,
    )

    install("slicer.i18n", public(slicer_i18n))
    install("slicer.ScriptedLoadableModule", public(slicer_scripted_module))
    install("slicer.parameterNodeWrapper", public(parameter_wrapper))
    sys.meta_path.insert(0, slicer_packaging.Finder())
    sys.modules["SampleData"] = sample_data.sample_data_module()
    sys.modules.update(segment_statistics.segment_statistics_modules())
    # the real ones are written for `from slicer.ScriptedLoadableModule import *`
    from host.slicer_modules import (
        qSlicerModuleManager,
        qSlicerScriptedLoadableModule,
        qSlicerScriptedLoadableModuleWidget,
    )

    slicer.qSlicerScriptedLoadableModule = qSlicerScriptedLoadableModule
    slicer.qSlicerScriptedLoadableModuleWidget = qSlicerScriptedLoadableModuleWidget
    slicer.app.set_module_manager(qSlicerModuleManager())


def install(name, module):
    """Make a module importable, and an attribute of slicer."""
    import slicer

    sys.modules[name] = module
    setattr(slicer, name.split(".")[-1], module)


def public(source):
    """Copy what a file of the host offers into a module of its own."""
    module = types.ModuleType(source.__name__, source.__doc__)
    names = getattr(source, "__all__", None) or [one for one in vars(source) if one[0] != "_"]
    vars(module).update({name: getattr(source, name) for name in names if name != "annotations"})
    module.__all__ = names
    return module
