"""What the module tests of itself inside a real Slicer, by Reload and Test or by ctest."""

from __future__ import annotations

from typing import Any

import numpy as np
import slicer
from VolumePreservingRegLib.run.torch_check import torch_is_installed

from SparseVMRegLib.panel.choices import Acquired

MODULE = "SparseVMReg"
EVERY = 4
QUICK = {
    "thickness_mm": 5.0,
    "voxel_mm": 2.0,
    "registration": {
        "device": "cpu",
        "affine": "none",
        "similarity": {"factors": [2, 1], "field_factors": [1.0, 1.5], "iterations": [10, 5]},
    },
}


def add_head(name: str, *, size: int = 32, every: int = 1, swollen: float = 1.0) -> Any:
    """Add a scan of a textured ball with a dark core, all of it or every n-th slice."""
    k, j, i = np.meshgrid(*[np.arange(size) - (size - 1) / 2] * 3, indexing="ij")
    core = np.sqrt(k**2 + (j / swollen) ** 2 + i**2)
    body = np.sqrt(k**2 + j**2 + i**2) < 0.42 * size
    texture = 20 * (np.sin(k / 2) + np.sin(j / 1.7) + np.sin(i / 2.3))
    voxels = (100.0 + texture) * body - 60.0 * (core < 0.2 * size)
    placed = np.diag([2.0, 2.0, 2.0 * every, 1.0])
    return slicer.util.addVolumeFromArray(
        voxels[::every].astype(np.float32), ijkToRAS=placed, name=name
    )


def add_core(scan: Any, *, every: int = 1, size: int = 32) -> Any:
    """Segment the core of a scan that `add_head` has made."""
    k, j, i = np.meshgrid(*[np.arange(size) - (size - 1) / 2] * 3, indexing="ij")
    inside = (np.sqrt(k**2 + j**2 + i**2) < 0.2 * size).astype(np.uint8)[::every]
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", f"{scan.GetName()} parts")
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(scan)
    segment = node.GetSegmentation().AddEmptySegment("core", "Core", [0.2, 0.4, 0.9])
    slicer.util.updateSegmentBinaryLabelmapFromArray(inside, node, segment, scan)
    return node


class SelfTests:
    """The tests; `SparseVMRegTest` mixes them in."""

    def test_apply_says_what_is_missing(self) -> None:
        """Open the panel, select scans, and look at the buttons."""
        panel = _panel()
        parameters = panel.logic.getParameterNode()
        parameters.scan = add_head("Scan", every=EVERY)
        slicer.app.processEvents()

        assert not panel.ui.applyButton.enabled
        assert "Select the atlas" in panel.ui.applyButton.toolTip
        assert panel.ui.showSlicesButton.enabled

        parameters.atlas = add_head("Atlas")
        slicer.app.processEvents()

        assert panel.ui.applyButton.enabled

    def test_the_mask_can_be_chosen_where_it_counts(self) -> None:
        """Choose where the slices come from, and look for the selector."""
        panel = _panel()
        parameters = panel.logic.getParameterNode()

        panel.ui.acquiredComboBox.currentIndex = list(Acquired).index(Acquired.MASK)
        slicer.app.processEvents()

        assert parameters.acquired == Acquired.MASK
        assert not panel.ui.acquiredMaskSelector.isHidden()

    def test_the_slices_are_found_without_the_panel(self) -> None:
        """Read the slices off a scan; needs PyTorch."""
        if not torch_is_installed():
            self.delayDisplay("PyTorch is not installed: no slices were looked for.")
            return
        found = _logic().findSlices(add_head("Scan", every=EVERY), settings=QUICK)

        assert "8 slices, 8.0 mm apart, axial" in found.words
        assert found.volume.GetDisplayNode() is not None

    def test_register_blocks_and_returns_the_nodes(self) -> None:
        """Register without the panel and look at what was carried over; needs PyTorch."""
        if not torch_is_installed():
            self.delayDisplay("PyTorch is not installed: no registration was tested.")
            return
        atlas, scan = add_head("Atlas"), add_head("Scan", every=EVERY, swollen=1.2)
        heard: list[float] = []

        nodes = _logic().register(
            atlas,
            scan,
            atlasSegmentation=add_core(atlas),
            settings=QUICK,
            progress=lambda _stage, fraction: heard.append(fraction),
        )

        segment = nodes.carriedSegmentation.GetSegmentation().GetSegment("core")
        assert segment.GetName() == "Core"
        assert nodes.structureTable.GetNumberOfRows() == 1
        assert nodes.transform.IsA("vtkMRMLTransformNode")
        assert heard[-1] > 0.99


def test_names() -> list[str]:
    """Name the tests in their order."""
    return [name for name in vars(SelfTests) if name.startswith("test_")]


def _panel() -> Any:
    """Return the panel as if it were open, which needs no main window."""
    panel = slicer.util.getModuleWidget(MODULE)
    panel.enter()
    return panel


def _logic() -> Any:
    import SparseVMReg

    return SparseVMReg.SparseVMRegLogic()
