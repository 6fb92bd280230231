"""What the module tests of itself inside a real Slicer, by Reload and Test or by ctest."""

from __future__ import annotations

from typing import Any

import numpy as np
import slicer

from VolumePreservingRegLib.engine_location import engine_folder
from VolumePreservingRegLib.panel.choices import Device, Mode
from VolumePreservingRegLib.run.torch_check import torch_is_installed

MODULE = "VolumePreservingReg"


def add_ball(name: str, *, radius: float, size: int = 24) -> Any:
    """Add a scan of a bright ball in a body that is less bright."""
    axis = np.arange(size) - (size - 1) / 2
    distance = np.sqrt(sum(np.meshgrid(axis**2, axis**2, axis**2, indexing="ij")))
    voxels = 100.0 * (distance < 0.45 * size) + 100.0 * (distance < radius)
    voxels += np.random.default_rng(0).normal(scale=2.0, size=voxels.shape)
    return slicer.util.addVolumeFromArray(
        voxels.astype(np.float32), ijkToRAS=np.diag([4.0, 4.0, 4.0, 1.0]), name=name
    )


class SelfTests:
    """The tests; `VolumePreservingRegTest` mixes them in."""

    def test_the_engine_lies_beside_the_module(self) -> None:
        """Find the engine and its presets."""
        presets = list((engine_folder() / "Resources" / "presets").glob("*.toml"))

        assert presets

    def test_apply_says_what_is_missing(self) -> None:
        """Open the panel, select scans, and look at the button."""
        panel = _panel()
        parameters = panel.logic.getParameterNode()
        scan = add_ball("Baseline", radius=4)
        parameters.baseline = parameters.followUp = scan
        slicer.app.processEvents()

        assert not panel.ui.applyButton.enabled
        assert "two different scans" in panel.ui.applyButton.toolTip

        parameters.followUp = add_ball("Follow-up", radius=5)
        slicer.app.processEvents()

        assert panel.ui.applyButton.enabled

    def test_choices_are_kept_in_the_scene(self) -> None:
        """Choose in the panel and read the parameter node, and the other way round."""
        panel = _panel()
        parameters = panel.logic.getParameterNode()

        parameters.mode = Mode.HEALTHY_REFERENCE
        panel.ui.deviceComboBox.currentIndex = list(Device).index(Device.CPU)
        panel.ui.presetComboBox.currentIndex = panel.ui.presetComboBox.findData("liver-ct")
        slicer.app.processEvents()

        assert panel.ui.modeComboBox.currentText == Mode.HEALTHY_REFERENCE.label()
        assert parameters.device == Device.CPU
        assert parameters.preset == "liver-ct"

    def test_register_blocks_and_returns_the_nodes(self) -> None:
        """Register two small scans without the panel; needs PyTorch."""
        if not torch_is_installed():
            self.delayDisplay("PyTorch is not installed: no registration was tested.")
            return
        fixed, moving = add_ball("Baseline", radius=4), add_ball("Follow-up", radius=5)
        heard: list[tuple[str, float]] = []

        nodes = _logic().register(
            fixed,
            moving,
            settings={"device": "cpu"},
            progress=lambda stage, fraction: heard.append((stage, fraction)),
        )

        assert (
            nodes.alignedVolume.GetImageData().GetDimensions()
            == fixed.GetImageData().GetDimensions()
        )
        assert nodes.transform.IsA("vtkMRMLTransformNode")
        assert heard[-1][1] > 0.99


def test_names() -> list[str]:
    """Name the tests in their order."""
    return [name for name in vars(SelfTests) if name.startswith("test_")]


def _panel() -> Any:
    """Return the panel as if it were open, which needs no main window."""
    panel = slicer.util.getModuleWidget(MODULE)
    panel.enter()
    return panel


def _logic() -> Any:
    import VolumePreservingReg

    return VolumePreservingReg.VolumePreservingRegLogic()
