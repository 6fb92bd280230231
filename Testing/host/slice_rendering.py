"""Slice views without Qt, drawn off screen by the logic and the managers of MRML."""

from __future__ import annotations

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import vtk_to_numpy

MANAGERS = (
    "vtkMRMLVolumeGlyphSliceDisplayableManager",
    "vtkMRMLModelSliceDisplayableManager",
    "vtkMRMLCrosshairDisplayableManager",
    "vtkMRMLSegmentationsDisplayableManager2D",
    "vtkMRMLColorLegendDisplayableManager",
)


IDLE_WINDOWS = []
"""Windows of closed views: a new one takes a tenth of a second, and tests need hundreds."""


def off_screen_window(size):
    """Return a window that is not on the screen."""
    window = IDLE_WINDOWS.pop() if IDLE_WINDOWS else vtk.vtkRenderWindow()
    window.SetOffScreenRendering(1)
    window.SetMultiSamples(0)
    window.SetSize(*size)
    return window


class SliceView:
    """The part of qMRMLSliceView that draws: a window, and an image behind everything else."""

    def __init__(self, logic, size):
        self._logic = logic
        self._mapper = vtk.vtkImageMapper()
        self._mapper.SetColorWindow(255)
        self._mapper.SetColorLevel(127.5)
        self._renderer = vtk.vtkRenderer()
        self._image = self._background_actor()
        self._renderer.AddViewProp(self._image)
        self._interactor = vtk.vtkGenericRenderWindowInteractor()  # the managers need one
        self._window = off_screen_window(size)
        self._window.AddRenderer(self._renderer)
        self._interactor.SetRenderWindow(self._window)
        self._managers = self._displayable_managers()
        self.scheduled = 0

    def _background_actor(self):
        actor = vtk.vtkActor2D()
        actor.SetMapper(self._mapper)
        actor.GetProperty().SetDisplayLocationToBackground()
        return actor

    def _displayable_managers(self):
        factory = slicer.vtkMRMLSliceViewDisplayableManagerFactory.GetInstance()
        for name in MANAGERS:
            if not factory.IsDisplayableManagerRegistered(name):
                factory.RegisterDisplayableManager(name)
        group = factory.InstantiateDisplayableManagers(self._renderer)
        group.SetMRMLDisplayableNode(self._logic.GetSliceNode())
        return group

    def renderWindow(self):
        """Return the window."""
        return self._window

    def scheduleRender(self):
        """Count the wish; the picture is drawn when somebody looks."""
        self.scheduled += 1

    def forceRender(self):
        """Draw now."""
        connection = self._logic.GetImageDataConnection()
        self._image.SetVisibility(connection is not None)
        self._mapper.SetInputConnection(connection)
        self._window.Render()

    def picture(self):
        """Draw and return what is seen, rows from top to bottom, (height, width, 3) bytes."""
        self.forceRender()
        grab = vtk.vtkWindowToImageFilter()
        grab.SetInput(self._window)
        grab.ReadFrontBufferOff()
        grab.Update()
        image = grab.GetOutput()
        width, height, _ = image.GetDimensions()
        pixels = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(height, width, 3)
        return np.flipud(pixels).copy()

    def close(self):
        """Let go of the scene."""
        self._managers.SetMRMLDisplayableNode(None)
        self._interactor.SetRenderWindow(None)
        self._renderer.RemoveAllViewProps()
        for renderer in list(self._window.GetRenderers()):
            self._window.RemoveRenderer(renderer)
        self._window.SetInteractor(None)
        IDLE_WINDOWS.append(self._window)


class SliceWidget:
    """The part of qMRMLSliceWidget that needs no Qt: logic, nodes and view of a slice."""

    def __init__(self, slice_node, application_logic, *, size=(240, 240)):
        self._logic = slicer.vtkMRMLSliceLogic()
        self._logic.SetMRMLApplicationLogic(application_logic)
        self._logic.SetMRMLScene(slice_node.GetScene())
        self._logic.SetSliceNode(slice_node)
        self._logics = application_logic.GetSliceLogics()
        self._logics.AddItem(self._logic)
        self._logic.ResizeSliceNode(*size)
        self._view = SliceView(self._logic, size)

    def sliceLogic(self):
        """Return the logic of the slice."""
        return self._logic

    def mrmlSliceNode(self):
        """Return the node of the slice."""
        return self._logic.GetSliceNode()

    def mrmlSliceCompositeNode(self):
        """Return the node that names the volumes shown."""
        return self._logic.GetSliceCompositeNode()

    def sliceView(self):
        """Return what draws."""
        return self._view

    def fitSliceToBackground(self):
        """Show the whole of the lowest volume."""
        self._logic.FitSliceToBackground()
        self._logic.SnapSliceOffsetToIJK()

    def close(self):
        """Let go of the scene."""
        self._view.close()
        self._logics.RemoveItem(self._logic)
        # The logic takes the model of its slice out of the scene when it dies, if it has one still.
        self._logic = self._view = None
