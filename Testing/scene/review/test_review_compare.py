"""Two or three images beside each other, seen on drawn slices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import slicer
import vtk
from VolumePreservingRegLib.review.compare import LAYOUT_OF, Compare, can_compare
from VolumePreservingRegLib.review.layouts import VIEWS, Layout, register_layouts
from VolumePreservingRegLib.review.linking import match
from VolumePreservingRegLib.review.looked_at import place_looked_at

GREYS = {
    Compare.BASELINE_AND_ALIGNED: [40, 200],
    Compare.BEFORE_AND_AFTER: [80, 80, 80, 200, 200, 200],
    Compare.SIMILARITY_AND_VOLUME: [40, 120, 200],
    Compare.THREE_PLANES: [40, 40, 40, 200, 200, 200],
}


def middle(picture):
    return tuple(picture[120, 120])


@pytest.mark.parametrize("compare", list(Compare))
def test_every_view_shows_its_image(stage, review, compare):
    review.setCompare(compare)

    shown = [middle(stage.picture(name)) for name in VIEWS[LAYOUT_OF[compare]]]

    assert shown == [(grey, grey, grey) for grey in GREYS[compare]]


def test_the_views_are_named_in_plain_words_within_the_picture(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)

    top = stage.picture("VPRLeft")[:24]
    nodes = [stage.layouts.sliceWidget(name).mrmlSliceNode() for name in ("VPRLeft", "VPRRight")]

    assert [node.GetLayoutLabel() for node in nodes] == ["Baseline", "Follow-up, aligned"]
    assert (top == 255).any()


def test_moving_through_one_view_moves_the_others_and_not_the_users_views(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    moved, other = (
        stage.layouts.sliceWidget(name).sliceLogic() for name in VIEWS[Layout.TWO_VIEWS]
    )
    users = stage.layouts.sliceWidget("Red").sliceLogic().GetSliceOffset()

    moved.StartSliceOffsetInteraction()
    moved.SetSliceOffset(users + 12.0)
    moved.EndSliceOffsetInteraction()

    assert other.GetSliceOffset() == pytest.approx(users + 12.0)
    assert stage.layouts.sliceWidget("Red").sliceLogic().GetSliceOffset() == pytest.approx(users)


def test_zooming_one_view_zooms_the_others(stage, review):
    review.setCompare(Compare.SIMILARITY_AND_VOLUME)
    views = [stage.layouts.sliceWidget(name) for name in VIEWS[Layout.THREE_VIEWS]]
    node, logic = views[2].mrmlSliceNode(), views[2].sliceLogic()

    logic.StartSliceNodeInteraction(slicer.vtkMRMLSliceNode.FieldOfViewFlag)
    node.SetFieldOfView(30.0, 30.0, node.GetFieldOfView()[2])
    logic.EndSliceNodeInteraction()

    assert [view.mrmlSliceNode().GetFieldOfView()[0] for view in views] == [30.0] * 3


def test_all_views_begin_with_one_scale_and_place(stage, review):
    review.setCompare(Compare.BEFORE_AND_AFTER)
    nodes = [stage.layouts.sliceWidget(name).mrmlSliceNode() for name in VIEWS[Layout.TWO_ROWS]]

    assert len({node.GetFieldOfView()[:2] for node in nodes}) == 1
    for top, bottom in zip(nodes[:3], nodes[3:], strict=True):
        assert top.GetOrientation() == bottom.GetOrientation()
        assert top.GetSliceOffset() == bottom.GetSliceOffset()


def test_views_of_different_sizes_show_the_same_scale(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    wide = stage.layouts.sliceWidget("VPRRight")
    wide.sliceLogic().ResizeSliceNode(480, 240)

    review.setCompare(Compare.BASELINE_AND_ALIGNED)

    nodes = [stage.layouts.sliceWidget(name).mrmlSliceNode() for name in VIEWS[Layout.TWO_VIEWS]]
    scales = [node.GetFieldOfView()[0] / node.GetDimensions()[0] for node in nodes]
    assert scales[0] == pytest.approx(scales[1])


def test_the_place_that_was_looked_at_is_kept(stage, review):
    stage.layouts.sliceWidget("Red").sliceLogic().SetSliceOffset(17.0)

    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    review.setCompare(Compare.SIMILARITY_AND_VOLUME)

    assert stage.layouts.sliceWidget("VPRMiddle").sliceLogic().GetSliceOffset() == 17.0


def offsets_of(stage, layout):
    views = [stage.layouts.sliceWidget(name) for name in VIEWS[layout]]
    return [view.sliceLogic().GetSliceOffset() for view in views]


def test_a_place_is_kept_over_a_comparison_that_shows_one_plane_only(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    review.lookAt((3.0, -4.0, 9.0))
    stage.layouts.sliceWidget("VPRLeft").sliceLogic().SetSliceOffset(13.0)

    review.setCompare(Compare.BEFORE_AND_AFTER)

    assert offsets_of(stage, Layout.TWO_ROWS) == pytest.approx([13.0, -4.0, -3.0] * 2, abs=1e-6)


@pytest.mark.usefixtures("review")
def test_slices_that_are_turned_cross_at_the_place_that_was_looked_at(stage):
    views = [stage.layouts.sliceWidget(name) for name in ("Red", "Yellow", "Green")]
    for view in views:
        matrix = view.mrmlSliceNode().GetSliceToRAS()
        turn = vtk.vtkTransform()
        turn.RotateX(12.0)
        turn.RotateZ(7.0)
        turn.Concatenate(matrix)
        matrix.DeepCopy(turn.GetMatrix())
        view.mrmlSliceNode().UpdateMatrices()
        view.mrmlSliceNode().JumpSliceByOffsetting(3.0, -4.0, 9.0)

    found = place_looked_at(stage.layouts, near=None)

    assert found == pytest.approx((3.0, -4.0, 9.0), abs=1e-6)


def test_choosing_a_volume_in_one_view_does_not_spread_to_the_others(stage, scans, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    logic = stage.layouts.sliceWidget("VPRLeft").sliceLogic()

    logic.StartSliceCompositeNodeInteraction(slicer.vtkMRMLSliceCompositeNode.BackgroundVolumeFlag)
    stage.composite("VPRLeft").SetBackgroundVolumeID(scans.followUp.GetID())
    logic.EndSliceCompositeNodeInteraction()

    assert stage.composite("VPRRight").GetBackgroundVolumeID() == scans.aligned.GetID()


def test_leaving_brings_the_users_layout_and_picture_back(stage, review):
    before = stage.picture("Red"), stage.layouts.layout
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    review.setCompare(Compare.BEFORE_AND_AFTER)

    review.setCompare(None)

    assert stage.layouts.layout == before[1]
    assert np.array_equal(stage.picture("Red"), before[0])


def test_a_layout_that_the_user_chose_meanwhile_stays(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    stage.layouts.setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutOneUpRedSliceView)

    review.close()

    assert stage.layouts.layout == slicer.vtkMRMLLayoutNode.SlicerLayoutOneUpRedSliceView


def test_a_result_without_similarity_only_says_what_to_do(scans, review):
    bare = replace(scans, nodes=replace(scans.nodes, similarityAligned=None))
    review.setScans(bare)

    assert not can_compare(Compare.SIMILARITY_AND_VOLUME, bare)
    with pytest.raises(ValueError, match=r"^Choose another comparison"):
        review.setCompare(Compare.SIMILARITY_AND_VOLUME)


def test_layouts_are_registered_once_and_keep_their_numbers(stage):
    register_layouts(stage.layouts)
    register_layouts(stage.layouts)

    node = stage.layouts.layoutLogic().GetLayoutNode()
    assert [layout.value for layout in Layout if node.IsLayoutDescription(layout.value)] == [
        5101,
        5102,
        5103,
    ]


def test_views_that_get_their_size_late_show_the_whole_scan(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    nodes = resized(stage, width=120, height=480)

    settle(stage)

    assert all(node.GetFieldOfView()[0] >= 40 * 2.0 for node in nodes)


def test_a_place_to_look_at_is_kept_by_views_that_get_their_size_late(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    resized(stage, width=300, height=200)

    review.lookAt((3.0, -4.0, 21.0))
    settle(stage)

    nodes = [stage.layouts.sliceWidget(name).mrmlSliceNode() for name in ("VPRLeft", "VPRRight")]
    assert [node.GetSliceOffset() for node in nodes] == [pytest.approx(21.0, abs=1.0)] * 2


def test_three_planes_stay_three_planes_when_a_tilted_scan_has_turned_them(stage, scans, review):
    turn = vtk.vtkTransform()
    turn.RotateX(12.0)
    turn.RotateZ(7.0)
    matrix = vtk.vtkMatrix4x4()
    scans.baseline.GetIJKToRASMatrix(matrix)
    turn.Concatenate(matrix)
    scans.baseline.SetIJKToRASMatrix(turn.GetMatrix())
    review.setCompare(Compare.BEFORE_AND_AFTER)
    views = [stage.layouts.sliceWidget(name) for name in VIEWS[Layout.TWO_ROWS]]
    nodes = [view.mrmlSliceNode() for view in views]
    for node in nodes:
        node.RotateToVolumePlane(scans.baseline)

    match(views)

    axes = [[node.GetSliceToRAS().GetElement(row, 2) for row in range(3)] for node in nodes]
    along = np.abs(np.array(axes[:3]) @ np.array(axes[3:]).T)
    assert along == pytest.approx(np.eye(3), abs=1e-6)


def test_views_that_had_their_size_keep_the_zoom_of_the_user(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    node = stage.layouts.sliceWidget("VPRLeft").mrmlSliceNode()
    node.SetFieldOfView(10.0, 10.0, 1.0)

    settle(stage)

    assert node.GetFieldOfView()[0] == pytest.approx(10.0)


def resized(stage, *, width, height):
    """Give the two views another size, as Qt does when it is idle; return their nodes."""
    views = [stage.layouts.sliceWidget(name) for name in VIEWS[Layout.TWO_VIEWS]]
    for view in views:
        view.sliceLogic().ResizeSliceNode(width, height)
    return [view.mrmlSliceNode() for view in views]


def settle(stage):
    """Let the timers tick that want to tick at once."""
    for timer in stage.timers:
        if timer.interval_ms == 0:
            timer.tick()
