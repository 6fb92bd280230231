"""The host's views draw what MRML shows."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("clean")

NUMBER = 9101
LAYOUT = """<layout type="horizontal" split="true">
 <item><view class="vtkMRMLSliceNode" singletontag="Left">
  <property name="orientation" action="default">Axial</property>
  <property name="viewlabel" action="default">L</property>
  <property name="viewcolor" action="default">#F34A33</property></view></item>
 <item><layout type="vertical">
  <item><view class="vtkMRMLSliceNode" singletontag="Right">
   <property name="orientation" action="default">Coronal</property></view></item>
  <item><view class="vtkMRMLTableViewNode" singletontag="Numbers"/></item></layout></item>
</layout>"""


@pytest.fixture
def manager(clean):
    manager = clean.app.layoutManager()
    clean.window.show()
    yield manager
    import slicer

    manager.setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpView)


@pytest.fixture
def own_layout(manager):
    node = manager.layoutLogic().GetLayoutNode()
    node.AddLayoutDescription(NUMBER, LAYOUT) or node.SetLayoutDescription(NUMBER, LAYOUT)
    manager.setLayout(NUMBER)
    return manager


@pytest.fixture
def bright(manager):
    """Show a volume that is dark in its left half and bright in its right half."""
    import slicer

    voxels = np.zeros((20, 20, 20), np.float32)
    voxels[..., 10:] = 100
    volume = slicer.util.addVolumeFromArray(voxels, name="halves")
    volume.CreateDefaultDisplayNodes()
    volume.GetDisplayNode().AutoWindowLevelOff()
    volume.GetDisplayNode().SetWindowLevelMinMax(0, 100)
    slicer.util.setSliceViewerLayers(background=volume)
    manager.resetSliceViews()
    return volume


def pixels(manager, name):
    manager.render_all()
    return manager.sliceWidget(name).sliceView().drawn_pixels().mean(axis=2)


def test_a_layout_of_our_own_shows_its_views(clean, own_layout):
    clean.process_events()

    left, right = own_layout.sliceWidget("Left"), own_layout.sliceWidget("Right")
    assert own_layout.layout == NUMBER
    assert left.visible
    assert right.visible
    assert not own_layout.sliceWidget("Red").visible
    assert left.mapToGlobal(left.rect.center()).x() < right.mapToGlobal(right.rect.center()).x()


def test_a_view_has_the_orientation_and_label_of_the_layout(own_layout):
    node = own_layout.sliceWidget("Left").mrmlSliceNode()

    assert (node.GetOrientation(), node.GetLayoutLabel()) == ("Axial", "L")
    assert own_layout.sliceWidget("Right").mrmlSliceNode().GetOrientation() == "Coronal"


@pytest.mark.usefixtures("bright")
def test_a_slice_shows_the_volume(manager):
    drawn = pixels(manager, "Red")

    # High i lies to the patient's right, which the radiological view has on its left.
    row = drawn[drawn.shape[0] // 2]
    lit = np.flatnonzero(row > 200)
    assert 0.15 < lit.size / row.size < 0.6
    assert lit.mean() < row.size / 2


@pytest.mark.usefixtures("bright")
def test_a_slice_follows_its_offset(manager):
    widget = manager.sliceWidget("Yellow")
    widget.sliceLogic().SetSliceOffset(-4.0)
    one = pixels(manager, "Yellow").mean()

    widget.sliceLogic().SetSliceOffset(-16.0)
    other = pixels(manager, "Yellow").mean()

    assert abs(one - other) > 20


@pytest.mark.usefixtures("bright")
def test_linked_slices_move_together(own_layout):
    left, red = own_layout.sliceWidget("Left"), own_layout.sliceWidget("Red")
    for widget in (left, red):
        widget.mrmlSliceCompositeNode().SetLinkedControl(1)

    left.sliceController().setSliceOffsetValue(7.0)

    assert red.mrmlSliceNode().GetSliceOffset() == pytest.approx(7.0)


@pytest.mark.usefixtures("bright")
def test_an_actor_added_to_a_slice_view_is_seen(manager):
    import vtk

    before = pixels(manager, "Green")
    actor = vtk.vtkTextActor()
    actor.SetInput("WIPE")
    actor.GetTextProperty().SetFontSize(40)
    window = manager.sliceWidget("Green").sliceView().renderWindow()
    renderer = window.GetRenderers().GetFirstRenderer()

    renderer.AddViewProp(actor)
    after = pixels(manager, "Green")
    renderer.RemoveViewProp(actor)

    assert (np.abs(after - before) > 100).sum() > 50


def test_a_table_is_shown_in_the_table_view(own_layout):
    import slicer

    table = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode", "volumes")
    slicer.util.updateTableFromArray(table, np.array([[1.0, 2.0], [3.0, 4.0]]), ["ml", "change"])
    view = own_layout.tableWidget(own_layout.tableViewCount - 1)

    view.mrmlTableViewNode().SetTableNodeID(table.GetID())

    model = view.tableView().tableModel()
    assert (model.rowCount(), model.item(1, 0).text()) == (2, "3")


def test_a_picture_of_the_window_holds_panel_and_views(clean, manager, bright, tmp_path):
    import qt

    clean.screenshot(tmp_path / "window.png")
    image = qt.QImage(str(tmp_path / "window.png"))

    assert bright.GetDisplayNode()
    assert (image.width(), image.height()) == (clean.window.width, clean.window.height)
    view = manager.sliceWidget("Red").sliceView()
    corner = view.mapTo(clean.window, view.rect.topLeft())
    assert image.pixelColor(corner.x() + 5, corner.y() + 5).lightness() < 50
