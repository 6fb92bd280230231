"""A result of flat colours on real nodes, in views that are really drawn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
import slicer

SHAPE = (40, 40, 40)
SPACING_MM = 2.0
SIZE = 240
BASELINE, ALIGNED, SIMILARITY, FOLLOW_UP = 40.0, 200.0, 120.0, 80.0


class StepTimer:
    """A timer that ticks when a test says so."""

    def __init__(self, tick):
        self.tick, self.interval_ms = tick, None

    def start(self, interval_ms):
        self.interval_ms = interval_ms

    def stop(self):
        self.interval_ms = None


@dataclass
class Stage:
    """The scene, its views, and the timers that were made."""

    scene: Any
    layouts: Any
    timers: list = field(default_factory=list)

    def make_timer(self, tick):
        self.timers.append(StepTimer(tick))
        return self.timers[-1]

    def picture(self, name):
        return self.layouts.sliceWidget(name).sliceView().picture()

    def composite(self, name):
        return self.layouts.sliceWidget(name).mrmlSliceCompositeNode()

    def fill_background(self, volume):
        for name in ("Red", "Green", "Yellow"):
            self.composite(name).SetBackgroundVolumeID(volume.GetID())
            self.layouts.sliceWidget(name).fitSliceToBackground()


@pytest.fixture(scope="module")
def layouts(mrml):
    """Return views that stay for the tests of a file, as those of Slicer stay."""
    from host.slice_layouts import SliceLayouts

    mrml.scene.Clear(0)
    made = SliceLayouts(mrml.scene, mrml.application_logic, size=(SIZE, SIZE))
    yield made
    made.close()


@pytest.fixture
def stage(scene, layouts):
    """Return an empty scene with views in Slicer's usual layout, as large as at first."""
    from host.slice_layouts import FOUR_UP

    layouts.setLayout(FOUR_UP)
    for name in layouts.sliceViewNames():
        widget = layouts.sliceWidget(name)
        widget.sliceView().renderWindow().SetSize(SIZE, SIZE)
        widget.sliceLogic().ResizeSliceNode(SIZE, SIZE)
    return Stage(scene, layouts)


def volume_of(array, name):
    """Make a volume of an array (K, J, I) with its middle at the origin, shown from 0 to 255."""
    middle_mm = (np.array(array.shape[::-1]) - 1) / 2 * SPACING_MM
    ijk_to_ras = np.diag([SPACING_MM, SPACING_MM, SPACING_MM, 1.0])
    ijk_to_ras[:3, 3] = -middle_mm
    node = slicer.util.addVolumeFromArray(array, ijk_to_ras, name=name)
    node.CreateDefaultDisplayNodes()
    node.GetDisplayNode().AutoWindowLevelOff()
    node.GetDisplayNode().SetWindowLevelMinMax(0, 255)
    node.GetDisplayNode().SetAndObserveColorNodeID("vtkMRMLColorTableNodeGrey")
    return node


def flat(value, name):
    """Make a volume of one grey."""
    return volume_of(np.full(SHAPE, value, np.float32), name)


@pytest.fixture
def scans(scene):  # noqa: ARG001 the nodes need the scene of the application
    """Return a result of flat greys: mask and folds in the left half, shrinking everywhere."""
    from VolumePreservingRegLib.review.scans import Scans
    from VolumePreservingRegLib.scene.display_jacobian import display_jacobian, to_log2
    from VolumePreservingRegLib.scene.display_mask import display_folds, display_mask
    from VolumePreservingRegLib.scene.roles import ResultNodes

    half = np.zeros(SHAPE, np.float32)
    half[:, :, : SHAPE[2] // 2] = 1.0
    nodes = ResultNodes(
        alignedVolume=flat(ALIGNED, "aligned"),
        similarityAligned=flat(SIMILARITY, "similarity"),
        softMask=volume_of(half, "mask"),
        softMaskMoving=volume_of(half, "moving mask"),
        jacobian=volume_of(np.full(SHAPE, 2.0, np.float32), "jacobian"),
        similarityJacobian=volume_of(np.full(SHAPE, 0.5, np.float32), "similarity jacobian"),
        folds=volume_of(half, "folds"),
    )
    for mask in (nodes.softMask, nodes.softMaskMoving):
        display_mask(mask)
    for jacobian in (nodes.jacobian, nodes.similarityJacobian):
        to_log2(jacobian)
        display_jacobian(jacobian)
    display_folds(nodes.folds)
    return Scans(flat(BASELINE, "baseline"), flat(FOLLOW_UP, "follow-up"), nodes)


@pytest.fixture
def review(stage, scans):
    """Return a review of the result, over the baseline in Slicer's usual layout."""
    from VolumePreservingRegLib.review.session import Review

    stage.fill_background(scans.baseline)
    made = Review(layoutManager=stage.layouts, timerFactory=stage.make_timer)
    made.setScans(scans)
    yield made
    made.close()


@pytest.fixture
def outlined(scans, review):
    """Return a segmentation of a cube of 20 mm as tumor of the baseline, hidden until asked for."""
    mask = np.zeros(SHAPE, np.uint8)
    mask[15:25, 15:25, 15:25] = 1
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", "tumor")
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(scans.baseline)
    segment = node.GetSegmentation().AddEmptySegment("tumor")
    slicer.util.updateSegmentBinaryLabelmapFromArray(mask, node, segment, scans.baseline)
    node.GetDisplayNode().SetVisibility2DFill(False)
    node.GetDisplayNode().SetVisibility2DOutline(False)
    review.setScans(replace(scans, baselineTumor=node))
    return node
