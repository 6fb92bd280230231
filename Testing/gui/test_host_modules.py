"""Modules are loaded, entered, reloaded and unloaded as Slicer does it."""

from __future__ import annotations

import sys

import pytest

SOURCE = """
from slicer.ScriptedLoadableModule import *

class Tried(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        self.parent.title = "Tried"

class TriedWidget(ScriptedLoadableModuleWidget):
    told = []
    version = 1

    def setup(self):
        ScriptedLoadableModuleWidget.setup(self)
        self.told.append("setup")

    def enter(self):
        self.told.append("enter")

    def exit(self):
        self.told.append("exit")

    def cleanup(self):
        self.told.append("cleanup")

class TriedLogic(ScriptedLoadableModuleLogic):
    pass

class TriedTest(ScriptedLoadableModuleTest):
    ran = []

    def runTest(self):
        self.setUp()
        self.ran.append("ran")
"""


@pytest.fixture
def source(tmp_path):
    """Write the module above."""
    path = tmp_path / "Tried.py"
    path.write_text(SOURCE)
    return path


@pytest.fixture
def opened(clean, source):
    """Open the module, and unload it at the end."""
    yield clean.open_module("Tried", source=source)
    clean.close_module("Tried")


def test_a_panel_is_set_up_and_entered(opened):
    assert opened.told == ["setup", "enter"]


def test_a_module_is_found_by_its_name(opened):
    import slicer

    assert slicer.modules.tried.title == "Tried"
    assert slicer.util.getModuleWidget("Tried") is opened
    assert slicer.util.modulePath("Tried").endswith("Tried.py")


def test_reloading_cleans_up_and_runs_the_new_source(clean, opened, source):
    source.write_text(SOURCE.replace("version = 1", "version = 22"))

    reloaded = clean.reload_module("Tried")

    assert opened.told[-1] == "cleanup"
    assert (reloaded.version, reloaded.told) == (22, ["setup"])


def test_unloading_leaves_then_cleans_up_once(clean, opened):
    clean.close_module("Tried")

    assert opened.told[2:] == ["exit", "cleanup"]


def test_the_tests_of_a_module_run(opened):
    import slicer

    slicer.selfTests["Tried"]()

    assert slicer.util.getModule("Tried").path
    assert type(opened).__module__ == "Tried"
    assert sys.modules["Tried"].TriedTest.ran == ["ran"]


@pytest.mark.usefixtures("opened")
def test_the_parameter_node_is_one_and_survives_the_closing_of_the_scene(clean):
    logic = sys.modules["Tried"].TriedLogic()
    node = logic.getParameterNode()

    clean.close_scene()

    assert logic.getParameterNode() is node
    assert len(logic.getAllParameterNodes()) == 1


def test_dialogs_are_recorded_and_answered(clean):
    import slicer

    clean.dialogs.answers["confirmOkCancelDisplay"] = False

    slicer.util.errorDisplay("No room")
    answer = slicer.util.confirmOkCancelDisplay("Install?")

    assert answer is False
    assert clean.dialogs.shown == [("error", "No room"), ("question", "Install?")]


def test_packages_can_be_pretended_missing_and_installed(clean):
    import slicer
    import slicer.packaging

    clean.packaging.pretended["torch"] = False

    assert not slicer.packaging.pip_check("torch>=2.5")
    slicer.packaging.pip_install("torch>=2.5")
    assert slicer.packaging.pip_check("torch")
    assert clean.packaging.installed == ["torch>=2.5"]
    assert slicer.packaging.pip_check("numpy")
