"""What the module leaves behind in Slicer, and what it puts there before it is opened."""

from __future__ import annotations

import gc
import io
import sys
import unittest
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
    from VolumePreservingRegLib.timeline.layout import layout_number

    from VolumePreservingReg import register_with_slicer

    node = clean.app.layoutManager().layoutLogic().GetLayoutNode()
    numbers = [*(layout.value for layout in Layout), *map(layout_number, range(1, 13))]
    for number in numbers:
        node.SetLayoutDescription(number, "")

    register_with_slicer()

    assert all(node.IsLayoutDescription(number) for number in numbers)


def test_the_tests_of_the_module_pass_as_slicer_runs_them(clean, panel):
    """Run them by name, as slicer.testing.runUnitTest does; without torch no job is run."""
    import slicer

    assert panel
    clean.packaging.pretended["torch"] = False

    suite = unittest.TestLoader().loadTestsFromName("VolumePreservingReg")
    result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)

    assert slicer.util.getModuleWidget("VolumePreservingReg") is panel
    assert (result.failures, result.errors) == ([], [])
    assert result.testsRun > 1


def test_making_layouts_known_places_the_views_anew_once_at_most(clean):
    import vtk
    from VolumePreservingRegLib.review.layouts import Layout, register_layouts

    manager, told = clean.app.layoutManager(), []
    node = manager.layoutLogic().GetLayoutNode()
    for layout in Layout:
        node.SetLayoutDescription(layout.value, "")
    tag = node.AddObserver(vtk.vtkCommand.ModifiedEvent, lambda *_: told.append("changed"))

    register_layouts(manager)
    register_layouts(manager)
    node.RemoveObserver(tag)

    assert told == ["changed"]


def test_measurements_are_registered_where_slicer_has_no_sample_data(clean, monkeypatch):
    from SegmentStatistics import SegmentStatisticsLogic

    from VolumePreservingReg import register_with_slicer

    assert clean
    monkeypatch.setitem(sys.modules, "SampleData", None)
    monkeypatch.setattr(SegmentStatisticsLogic, "registeredPlugins", [])

    register_with_slicer()

    assert len(SegmentStatisticsLogic.registeredPlugins) == 1
