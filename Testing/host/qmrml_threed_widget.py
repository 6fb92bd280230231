"""qMRMLThreeDWidget: a 3D view that MRML draws off screen."""

from __future__ import annotations

import slicer
import vtk

from host.grabbing import off_screen_window, pixels_of
from host.picture_label import PictureLabel
from host.qmrml_view_widgets import ViewWidget

MANAGERS = (
    "vtkMRMLCameraDisplayableManager",
    "vtkMRMLViewDisplayableManager",
    "vtkMRMLModelDisplayableManager",
    "vtkMRMLSegmentationsDisplayableManager3D",
)


class qMRMLThreeDView(PictureLabel):
    """The picture of a scene in 3D."""

    STUB = True

    def __init__(self, node, mrml, layout_manager):
        super().__init__(layout_manager)
        self._node = node
        self._logic = slicer.vtkMRMLViewLogic()
        self._logic.SetMRMLApplicationLogic(mrml.application_logic)
        self._logic.SetMRMLScene(mrml.scene)
        self._logic.AddViewNode(node.GetLayoutName())
        self._renderer = vtk.vtkRenderer()
        self._window = off_screen_window()
        self._window.AddRenderer(self._renderer)
        self._managers = displayable_managers(self._renderer)
        self._managers.SetMRMLDisplayableNode(node)
        self._managers.AddObserver(vtk.vtkCommand.UpdateEvent, lambda *_: self.scheduleRender())
        self._resized = lambda *_: None

    def mrmlViewNode(self):
        """Return the node of the view."""
        return self._node

    def renderWindow(self):
        """Return the window of VTK."""
        return self._window

    def resetCamera(self):
        """Show everything."""
        self._renderer.ResetCamera()

    def drawn_pixels(self):
        """Draw and return the pixels, rows from top to bottom."""
        self._window.Render()
        return pixels_of(self._window)


class qMRMLThreeDWidget(ViewWidget):
    """A 3D view."""

    STUB = True

    def __init__(self, node, mrml, layout_manager):
        super().__init__(node, qMRMLThreeDView(node, mrml, layout_manager))

    def mrmlViewNode(self):
        """Return the node of the view."""
        return self._node

    def threeDView(self):
        """Return the picture."""
        return self._view

    def draw_now(self):
        """Draw now."""
        self._view.forceRender()


def displayable_managers(renderer):
    """Make what draws models, segmentations and the box of a 3D view."""
    factory = slicer.vtkMRMLThreeDViewDisplayableManagerFactory.GetInstance()
    for name in MANAGERS:
        if not factory.IsDisplayableManagerRegistered(name):
            factory.RegisterDisplayableManager(name)
    return factory.InstantiateDisplayableManagers(renderer)
