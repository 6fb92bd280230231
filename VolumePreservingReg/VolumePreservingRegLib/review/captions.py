"""Say at the top of a slice view what it shows."""

from __future__ import annotations

import vtk

from VolumePreservingRegLib.review.protocols import SliceWidget
from VolumePreservingRegLib.review.views import image_renderer

FONT_SIZE = 14


class Captions:
    """One line of text in each view that has something to say."""

    def __init__(self):
        self._actors: dict[str, tuple[SliceWidget, vtk.vtkTextActor]] = {}

    def show(self, view: SliceWidget, text: str):
        """Set the line of a view; no text takes it away."""
        name = view.mrmlSliceNode().GetLayoutName()
        if text and name not in self._actors:
            self._actors[name] = (view, caption_actor())
            image_renderer(view).AddViewProp(self._actors[name][1])
        if text:
            self._actors[name][1].SetInput(text)
            view.sliceView().scheduleRender()
        elif name in self._actors:
            take_away(*self._actors.pop(name))

    def clear(self):
        """Take all lines away; a second call does nothing."""
        for view, actor in self._actors.values():
            take_away(view, actor)
        self._actors.clear()


def take_away(view: SliceWidget, actor: vtk.vtkTextActor):
    """Draw a line no more."""
    image_renderer(view).RemoveViewProp(actor)
    view.sliceView().scheduleRender()


def caption_actor() -> vtk.vtkTextActor:
    """Make a line of text, centred at the top of its view."""
    actor = vtk.vtkTextActor()
    look = actor.GetTextProperty()
    look.SetFontSize(FONT_SIZE)
    look.SetColor(1.0, 1.0, 1.0)
    look.SetBackgroundColor(0.0, 0.0, 0.0)
    look.SetBackgroundOpacity(0.5)
    look.SetJustificationToCentered()
    look.SetVerticalJustificationToTop()
    actor.GetPositionCoordinate().SetCoordinateSystemToNormalizedViewport()
    actor.SetPosition(0.5, 0.98)
    return actor
