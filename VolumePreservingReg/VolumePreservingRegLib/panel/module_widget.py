"""What both panels have to do with Slicer: scenes that come and go, and the parameter node."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import slicer
import vtk
from slicer.i18n import tr as _
from slicer.ScriptedLoadableModule import ScriptedLoadableModuleWidget
from slicer.util import VTKObservationMixin

from VolumePreservingRegLib.panel.reloading import forget_library
from VolumePreservingRegLib.scene.reopen import ReopenObserver


class ModuleWidget(ScriptedLoadableModuleWidget, VTKObservationMixin, ABC):
    """A panel whose sections do the work.

    A panel makes its sections in `setup`, between `loadPanel` and `followScene`, and says what
    `sections`, `jobs`, `connectSections` and `refreshSections` are.
    """

    library = "VolumePreservingRegLib"

    def __init__(self, parent: Any = None) -> None:
        ScriptedLoadableModuleWidget.__init__(self, parent)
        VTKObservationMixin.__init__(self)
        self.logic: Any = None
        self._startedWith = ""
        self._parameterNode: Any = None
        self._parameterNodeGuiTag: Any = None

    @abstractmethod
    def sections(self) -> list[Any]:
        """Return what is to be left and closed with the panel."""

    @abstractmethod
    def jobs(self) -> list[Any]:
        """Return what runs jobs."""

    @abstractmethod
    def connectSections(self, parameters: Any) -> None:
        """Let the sections show a parameter node; None shows none."""

    @abstractmethod
    def refreshSections(self) -> None:
        """Let the sections show what the parameter node asks for now."""

    @abstractmethod
    def problem(self) -> str | None:
        """Return what is missing before Apply can be pressed; None if nothing is."""

    def loadPanel(self, file: str) -> Any:
        """Show a file of Qt Designer and return its widget."""
        uiWidget = slicer.util.loadUI(self.resourcePath(f"UI/{file}"))
        self.layout.addWidget(uiWidget)
        self.ui = slicer.util.childWidgetVariables(uiWidget)
        uiWidget.setMRMLScene(slicer.mrmlScene)
        return uiWidget

    def followScene(self) -> None:
        """Show the parameters of the scene, from now on of whichever scene there is."""
        scene = slicer.mrmlScene
        self._reopening = ReopenObserver(scene)
        self.addObserver(scene, scene.StartCloseEvent, self.onSceneStartClose)
        self.addObserver(scene, scene.StartImportEvent, self.onSceneStartImport)
        # After Slicer's own views, which look at the scene at priority 0.
        self.addObserver(
            scene, scene.EndBatchProcessEvent, self.onSceneEndBatchProcess, priority=-1.0
        )
        slicer.app.connect("aboutToQuit()", self.onAboutToQuit)
        self.initializeParameterNode()

    def cleanup(self) -> None:
        """Leave nothing behind: Slicer closes, or the module is loaded again."""
        self.onAboutToQuit()
        slicer.app.disconnect("aboutToQuit()", self.onAboutToQuit)
        self.setParameterNode(None)
        for section in self.sections():
            section.close()
        self._reopening.stop()
        self.removeObservers()

    def enter(self) -> None:
        """Show the parameters of the scene whenever the module is opened."""
        self.initializeParameterNode()

    def exit(self) -> None:
        """Stop what moves by itself when another module is opened."""
        for section in self.sections():
            section.leave()

    def onReload(self) -> None:
        """Load the files of the library again, too."""
        forget_library(self.library)
        ScriptedLoadableModuleWidget.onReload(self)

    def onAboutToQuit(self) -> None:
        """End all jobs before Slicer ends."""
        for job in self.jobs():
            job.close()

    def onSceneStartClose(self, _caller: Any, _event: Any) -> None:
        """End a job whose scene goes, and let go of the parameter node."""
        for job in self.jobs():
            job.cancel()
        self.setParameterNode(None)

    def onSceneStartImport(self, _caller: Any, _event: Any) -> None:
        """Let go of the parameter node: while it is read, nodes that it refers to are missing."""
        self.setParameterNode(None)

    def onSceneEndBatchProcess(self, _caller: Any, _event: Any) -> None:
        """Show the scene that was opened or emptied; at the end of its import it has no views."""
        if self.parent.isEntered and not self._parameterNode:
            self.initializeParameterNode()

    def initializeParameterNode(self) -> None:
        """Make sure that there is a parameter node, and show it."""
        self.setParameterNode(self.logic.getParameterNode())

    def setParameterNode(self, parameters: Any) -> None:
        """Show and observe a parameter node; None lets go of it."""
        if self._parameterNode:
            self._parameterNode.disconnectGui(self._parameterNodeGuiTag)
            self._parameterNodeGuiTag = None
            self._observeParameters(None)
        self._parameterNode = parameters
        if parameters:
            self._parameterNodeGuiTag = parameters.connectGui(self.ui)
            self._observeParameters(parameters.parameterNode)
        self.connectSections(parameters)
        self.showProblem()

    def showProblem(self) -> None:
        """Say below Apply what is missing."""
        missing = self.problem() if self._parameterNode else _("Open the module again.")
        self.job.setProblem(missing)

    def _observeParameters(self, node: Any) -> None:
        # The node and not its wrapper: the mixin remembers for ever whom it has observed, and each
        # wrapper reads all parameters at each change for as long as it lives.
        self.removeObservers(self._onParametersModified)
        if node:
            self.addObserver(node, vtk.vtkCommand.ModifiedEvent, self._onParametersModified)

    def _onParametersModified(self, _caller: Any = None, _event: Any = None) -> None:
        self.refreshSections()
        self.showProblem()
