"""A layout manager without Qt: the real layout logic, and a drawn view for each slice of it."""

from __future__ import annotations

import slicer

from host.slice_rendering import SliceWidget

FOUR_UP = slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpView


class SliceLayouts:
    """The part of qMRMLLayoutManager that shows slices."""

    def __init__(self, scene, application_logic, *, size=(240, 240)):
        self._application_logic = application_logic
        self._size = size
        self._widgets = {}
        self._logic = slicer.vtkMRMLLayoutLogic()
        self._logic.SetMRMLApplicationLogic(application_logic)
        self._logic.SetMRMLScene(scene)
        self._link = slicer.vtkMRMLSliceLinkLogic()
        self._link.SetMRMLApplicationLogic(application_logic)
        self._link.SetMRMLScene(scene)
        self.setLayout(FOUR_UP)

    @property
    def layout(self):
        """The number of the layout that is shown."""
        return self._logic.GetLayoutNode().GetViewArrangement()

    def setLayout(self, number):
        """Show a layout; views are made as needed and kept."""
        self._logic.GetLayoutNode().SetViewArrangement(number)
        views = self._logic.GetViewNodes()
        for index in range(views.GetNumberOfItems()):
            node = views.GetItemAsObject(index)
            if node.IsA("vtkMRMLSliceNode") and node.GetLayoutName() not in self._widgets:
                widget = SliceWidget(node, self._application_logic, size=self._size)
                self._widgets[node.GetLayoutName()] = widget

    def layoutLogic(self):
        """Return the logic of layouts."""
        return self._logic

    def sliceViewNames(self):
        """Name the views made until now, shown or not."""
        return tuple(self._widgets)

    def sliceWidget(self, name):
        """Return the view of a name, or None."""
        return self._widgets.get(name)

    def close(self):
        """Let go of the scene."""
        for widget in self._widgets.values():
            widget.close()
        self._widgets.clear()
        self._link.SetMRMLScene(None)
        self._logic.SetMRMLScene(None)
