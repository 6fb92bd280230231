"""What the module leaves behind in Slicer, and what it puts there before it is opened."""

from __future__ import annotations

import gc
import weakref


def test_the_wrapper_of_the_parameters_goes_when_the_panel_is_entered_again(panel):
    former = weakref.ref(panel._parameterNode)

    panel.enter()
    gc.collect()

    assert former() is None


def test_a_change_is_told_once_however_often_the_panel_was_entered(panel, monkeypatch):
    told = []
    for _time in range(3):
        panel.enter()
    monkeypatch.setattr(panel.inputs, "refresh", lambda: told.append("refresh"))

    panel.logic.getParameterNode().windowRadius = 3

    assert told == ["refresh"]


def test_layouts_of_saved_scenes_are_known_before_the_panel_is_opened(clean):
    from VolumePreservingRegLib.review.layouts import Layout

    from VolumePreservingReg import register_with_slicer

    node = clean.app.layoutManager().layoutLogic().GetLayoutNode()
    for layout in Layout:
        node.SetLayoutDescription(layout.value, "")

    register_with_slicer()

    assert all(node.IsLayoutDescription(layout.value) for layout in Layout)
