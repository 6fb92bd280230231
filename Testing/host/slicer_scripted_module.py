"""slicer.ScriptedLoadableModule: the base classes of scripted modules."""

from __future__ import annotations

import logging
import sys
import unittest
from pathlib import Path

import qt
import slicer

__all__ = [
    "ScriptedLoadableModule",
    "ScriptedLoadableModuleLogic",
    "ScriptedLoadableModuleTest",
    "ScriptedLoadableModuleWidget",
]


class ScriptedLoadableModule:
    """Describes a module; the parent object holds what it says."""

    def __init__(self, parent):
        self.parent = parent
        self.moduleName = type(self).__name__
        parent.title, parent.categories, parent.dependencies = "", [], []
        parent.contributors, parent.helpText, parent.acknowledgementText = [], "", ""
        parent.hidden, parent.index = False, -1
        for ending in (".svg", ".png"):
            icon = Path(parent.path).parent / "Resources" / "Icons" / (self.moduleName + ending)
            if icon.is_file():
                parent.icon = qt.QIcon(str(icon))
                break
        slicer.selfTests[self.moduleName] = self.runTest

    def resourcePath(self, filename):
        """Give the path of a file in the Resources folder of the module."""
        return str(Path(self.parent.path).parent / "Resources" / filename)

    def getDefaultModuleDocumentationLink(self, docPage=None):
        """Give the sentence with which Slicer links to the documentation."""
        return f"<p>See {docPage or self.moduleName}</p>"

    def runTest(self, msec=100, **_options):
        """Run the tests of the module."""
        module_test = getattr(sys.modules[self.moduleName], f"{self.moduleName}Test")()
        module_test.messageDelay = msec
        module_test.runTest()


class ScriptedLoadableModuleWidget:
    """Builds the panel of a module inside its parent widget."""

    def __init__(self, parent=None):
        self.moduleName = type(self).__name__.removesuffix("Widget")
        self.parent = parent if parent is not None else slicer.qMRMLWidget()
        self.developerMode = slicer.util.settingsValue(
            "Developer/DeveloperMode", False, converter=slicer.util.toBool
        )
        if parent is None:
            self.parent.setLayout(qt.QVBoxLayout())
            self.parent.setMRMLScene(slicer.mrmlScene)
        self.layout = self.parent.layout()
        if parent is None:
            self.setup()
            self.parent.show()
        slicer.app.moduleManager().connect(
            "moduleAboutToBeUnloaded(QString)", self._onModuleAboutToBeUnloaded
        )

    def _onModuleAboutToBeUnloaded(self, name):
        if name == self.moduleName:
            self.cleanup()
            slicer.app.moduleManager().disconnect(
                "moduleAboutToBeUnloaded(QString)", self._onModuleAboutToBeUnloaded
            )

    def resourcePath(self, filename):
        """Give the path of a file in the Resources folder of the module."""
        source = Path(slicer.util.modulePath(self.moduleName))
        return str(source.parent / "Resources" / filename)

    def setup(self):
        """Build the panel; in developer mode, with buttons to reload and test."""
        self.setupDeveloperSection()

    def setupDeveloperSection(self):
        """Add the buttons of developer mode."""
        if not self.developerMode:
            return
        self.reloadButton = qt.QPushButton("Reload")
        self.reloadButton.connect("clicked()", self.onReload)
        self.layout.addWidget(self.reloadButton)

    def cleanup(self):
        """End what the panel began; called before it is destroyed."""

    def enter(self):
        """Take note that the panel is shown."""

    def exit(self):
        """Take note that the panel is left."""

    def onReload(self):
        """Load the source of the module anew."""
        logging.debug("Reloading scripted module: %s", self.moduleName)
        return slicer.util.reloadScriptedModule(self.moduleName)

    def onReloadAndTest(self, **options):
        """Load the source of the module anew and run its tests."""
        self.onReload()
        slicer.selfTests[self.moduleName](**options)

    def onEditSource(self):
        """Open the source in an editor; not on the host."""


class ScriptedLoadableModuleLogic:
    """Does the work of a module, without a widget."""

    def __init__(self, parent=None):
        self.parent = parent
        self.moduleName = type(self).__name__.removesuffix("Logic")
        self.isSingletonParameterNode = True

    def getParameterNode(self):
        """Return the node that keeps the parameters of the module in the scene."""
        if self.isSingletonParameterNode:
            tag = self.moduleName
            node = slicer.mrmlScene.GetSingletonNode(tag, "vtkMRMLScriptedModuleNode")
            if node and node.GetAttribute("ModuleName") != tag:  # closing the scene removes it
                node.SetAttribute("ModuleName", tag)
            return node or slicer.mrmlScene.AddNode(self.createParameterNode())
        nodes = self.getAllParameterNodes()
        return nodes[0] if nodes else slicer.mrmlScene.AddNode(self.createParameterNode())

    def getAllParameterNodes(self):
        """List the nodes of the scene that keep parameters of the module."""
        found = slicer.util.getNodesByClass("vtkMRMLScriptedModuleNode")
        return [node for node in found if node.GetAttribute("ModuleName") == self.moduleName]

    def createParameterNode(self):
        """Make such a node, not yet in the scene."""
        node = slicer.mrmlScene.CreateNodeByClass("vtkMRMLScriptedModuleNode")
        node.UnRegister(None)
        if self.isSingletonParameterNode:
            node.SetSingletonTag(self.moduleName)
        node.SetAttribute("ModuleName", self.moduleName)
        node.SetName(slicer.mrmlScene.GenerateUniqueName(self.moduleName))
        return node


class ScriptedLoadableModuleTest(unittest.TestCase):
    """Tests that run inside the application; every function named test… is one."""

    messageDelay = 100

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.enableScreenshots = False
        self.moduleTestNames = [
            name for name in dir(self) if "test" in name and callable(getattr(self, name))
        ]

    def delayDisplay(self, message, *_rest, **_options):
        """Say what the test does; Slicer shows it for a moment."""
        logging.info(message)

    def runTest(self):
        """Run every function of that name between setUp and tearDown."""
        if not self.moduleTestNames:
            logging.warning("No test is defined in %s", type(self).__name__)
        for name in self.moduleTestNames:
            self.setUp()
            getattr(self, name)()
            self.tearDown()
