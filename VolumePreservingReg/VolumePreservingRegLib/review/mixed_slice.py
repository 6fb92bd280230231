"""Draw a mixture of two volumes over the image of one slice view."""

from __future__ import annotations

import slicer
import vtk

from VolumePreservingRegLib.review.pairs import Pair
from VolumePreservingRegLib.review.views import image_renderer


class MixedSlice:
    """Cut two volumes like the view does, mix them by a filter, and draw that over the image.

    The cuts are layers of Slicer's own kind: they follow the slice, the window and the level. The
    drawing lies behind outlines, markups and legends. Nothing in the scene changes.
    """

    def __init__(self, pair: Pair, mixer):
        self._view = pair.view
        self._layers = [slice_layer(pair.view, volume) for volume in (pair.first, pair.second)]
        self._mixer = mixer
        self._overlay = None
        self._blend = vtk.vtkImageBlend()
        for port, layer in enumerate(self._layers):
            mixer.SetInputConnection(port, layer.GetImageDataConnection())
        self._blend.AddInputConnection(0, mixer.GetOutputPort())
        self._actor = image_actor(self._blend)
        image_renderer(self._view).AddViewProp(self._actor)
        self.draw()

    def show_overlay(self, volume, opacity: float):
        """Lay a volume over the mixture, as it lies over the image below; None takes it away."""
        self._blend.RemoveAllInputConnections(0)
        self._blend.AddInputConnection(0, self._mixer.GetOutputPort())
        self._let_overlay_go()
        if volume is not None:
            self._overlay = slice_layer(self._view, volume)
            self._blend.AddInputConnection(0, self._overlay.GetImageDataConnection())
            self._blend.SetOpacity(1, opacity)
        self.draw()

    def draw(self):
        """Ask the view to draw itself."""
        self._view.sliceView().scheduleRender()

    def close(self):
        """Take the drawing away and stop following the slice."""
        image_renderer(self._view).RemoveViewProp(self._actor)
        self._let_overlay_go()
        for layer in self._layers:
            release(layer)
        self._layers.clear()
        self.draw()

    def _let_overlay_go(self):
        if self._overlay is not None:
            release(self._overlay)
        self._overlay = None


def slice_layer(view, volume):
    """Make a layer that cuts a volume like a view does."""
    node = view.mrmlSliceNode()
    layer = slicer.vtkMRMLSliceLayerLogic()
    layer.SetMRMLScene(node.GetScene())
    layer.SetSliceNode(node)
    layer.SetVolumeNode(volume)
    return layer


def release(layer):
    """Stop a layer from observing anything."""
    layer.SetVolumeNode(None)
    layer.SetSliceNode(None)
    layer.SetMRMLScene(None)


def image_actor(source) -> vtk.vtkActor2D:
    """Draw an image like Slicer does: pixel on pixel, behind everything else, without gaps."""
    opaque = vtk.vtkImageExtractComponents()
    opaque.SetComponents(0, 1, 2)
    opaque.SetInputConnection(source.GetOutputPort())
    mapper = vtk.vtkImageMapper()
    mapper.SetColorWindow(255)
    mapper.SetColorLevel(127.5)
    mapper.SetInputConnection(opaque.GetOutputPort())
    actor = vtk.vtkActor2D()
    actor.SetMapper(mapper)
    actor.GetProperty().SetDisplayLocationToBackground()
    return actor
