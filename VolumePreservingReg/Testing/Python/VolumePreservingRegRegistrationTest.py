"""Register the sample data inside a real Slicer, as a user does; needs PyTorch."""

import time
import unittest

import slicer
from slicer.ScriptedLoadableModule import ScriptedLoadableModuleTest
from VolumePreservingRegLib.run.torch_check import torch_is_installed

MODULE = "VolumePreservingReg"
PATIENCE_S = 600


class VolumePreservingRegRegistrationTest(ScriptedLoadableModuleTest):
    """Press Apply, and press it again to cancel."""

    def setUp(self):
        """Load the phantom into an empty scene and select its scans."""
        if not torch_is_installed():
            raise unittest.SkipTest("PyTorch is not installed.")  # noqa: EM101 - for the log alone
        slicer.mrmlScene.Clear()
        self.panel = slicer.util.getModuleWidget(MODULE)
        self.panel.enter()
        from VolumePreservingRegLib.scene.sample_data import load_phantom

        baseline, _, followUp, _ = load_phantom()
        self.parameters = self.panel.logic.getParameterNode()
        self.parameters.baseline, self.parameters.followUp = baseline, followUp
        self.parameters.similarityIterations, self.parameters.volumeIterations = "5", "2"

    def test_apply_adds_a_result(self):
        """Wait for the result and look for its nodes."""
        self.panel.ui.applyButton.click()
        assert self.panel.ui.applyButton.text == "Cancel"
        self.waitForTheEnd()

        assert "Finished" in self.panel.ui.statusLabel.text
        assert self.panel.ui.findingsList.enabled

    def test_cancel_adds_nothing(self):
        """Cancel early and count the nodes."""
        before = slicer.mrmlScene.GetNumberOfNodes()

        self.panel.ui.applyButton.click()
        self.panel.ui.applyButton.click()
        self.waitForTheEnd()

        assert "Canceled" in self.panel.ui.statusLabel.text
        assert slicer.mrmlScene.GetNumberOfNodes() == before

    def waitForTheEnd(self):
        """Let Slicer go on until the job has ended."""
        end = time.monotonic() + PATIENCE_S
        while self.panel.job.runs and time.monotonic() < end:
            slicer.app.processEvents()
            time.sleep(0.02)
        assert not self.panel.job.runs
