"""Sparse Scan Registration: lay an atlas over a clinical scan with few slices."""

import slicer
from slicer.i18n import tr as _
from slicer.i18n import translate
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
    ScriptedLoadableModuleWidget,
)
from SparseVMRegLib.panel.parameters import SparseVMRegParameterNode
from SparseVMRegLib.panel.problems import find_problem
from SparseVMRegLib.panel.request_of import request_of, slices_request_of
from SparseVMRegLib.panel.results_section import ResultsSection
from SparseVMRegLib.panel.self_tests import SelfTests, test_names
from SparseVMRegLib.panel.settings_json import settings_text
from SparseVMRegLib.panel.slices_section import SlicesSection
from SparseVMRegLib.run.request import SparseRequest
from SparseVMRegLib.run.ways import LOOK_FOR_SLICES, REGISTER
from SparseVMRegLib.scene.load_slices import SlicesFound
from SparseVMRegLib.scene.slices_in_words import slices_in_words
from VolumePreservingRegLib.panel.job_section import JobSection
from VolumePreservingRegLib.panel.module_widget import ModuleWidget
from VolumePreservingRegLib.run.blocking import register_and_wait
from VolumePreservingRegLib.run.torch_install import TorchIsMissing, ensure_torch


class SparseVMReg(ScriptedLoadableModule):
    """What Slicer shows of the module before it is opened."""

    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        self.parent.title = _("Sparse Scan Registration")
        self.parent.categories = [translate("qSlicerAbstractCoreModule", "Registration")]
        self.parent.dependencies = ["VolumePreservingReg"]
        self.parent.contributors = ["The contributors of VolumePreservingRegistration"]
        self.parent.helpText = _(
            "Lays an atlas over a clinical scan with few, thick slices, by what the scanner"
            " measured alone: what was made up between the slices does not count. Select both, look"
            " at the measured slices, and press Apply. Structures of the atlas are carried over,"
            " with how much of each was measured. For research; not for clinical decisions."
        )
        self.parent.acknowledgementText = _(
            "The method follows Lewis, Rost, Guttag and Dalca, Fast Learning-based Registration of"
            " Sparse 3D Clinical Images, CHIL 2020."
        )


class SparseVMRegWidget(ModuleWidget):
    """The panel; its sections do the work."""

    library = "SparseVMRegLib"

    def setup(self):
        """Load the panel and connect its sections."""
        ScriptedLoadableModuleWidget.setup(self)
        self.loadPanel("SparseVMReg.ui")
        self.logic = SparseVMRegLogic()
        self.job = None
        self.slices = SlicesSection(self.ui)
        self.job = JobSection(
            self.ui,
            onDone=self._onDone,
            onChange=self._onJobChanged,
            hint=_("Align the atlas with the clinical scan."),
        )
        self.results = ResultsSection(self.ui, onFailure=self.job.say)
        self.ui.applyButton.connect("clicked(bool)", self.onApplyButton)
        self.ui.showSlicesButton.connect("clicked(bool)", self.onShowSlicesButton)
        self.followScene()

    def sections(self):
        """Return what is to be left and closed with the panel."""
        return [self.results]

    def jobs(self):
        """Return what runs jobs."""
        return [self.job]

    def connectSections(self, parameters):
        """Let the sections show a parameter node; None shows none."""
        self.results.connect(parameters)
        self.slices.refresh(parameters)

    def refreshSections(self):
        """Let the sections show what the parameter node asks for now."""
        self.results.refresh()
        self.slices.refresh(self._parameterNode)

    def problem(self):
        """Return what is missing before Apply can be pressed; None if nothing is."""
        return find_problem(self._parameterNode)

    def onApplyButton(self, _clicked=False):
        """Start a job, or end the one that runs."""
        if self.job.runs:
            self.job.cancel()
        else:
            self._start(request_of, REGISTER)

    def onShowSlicesButton(self, _clicked=False):
        """Look for the slices of the scan."""
        self._start(slices_request_of, LOOK_FOR_SLICES)

    def _start(self, makeRequest, way):
        try:
            ensure_torch()
            self._startedWith = settings_text(self._parameterNode)
            self.job.start(makeRequest(self._parameterNode), way=way)
        except (TorchIsMissing, ValueError) as error:
            self.job.say(str(error))

    def _onJobChanged(self):
        self.slices.setBusy(self.job is not None and self.job.runs, self._parameterNode)

    def _onDone(self, done):
        if not self._parameterNode:
            return
        if isinstance(done.nodes, SlicesFound):
            self.slices.take(done.nodes, self._parameterNode)
            return
        slices = done.message.figures.get("slices")
        if slices and self._startedWith == settings_text(self._parameterNode):
            self.slices.keepWords(slices_in_words(slices), self._parameterNode)
        self.results.take(done.nodes, self._startedWith)


class SparseVMRegLogic(ScriptedLoadableModuleLogic):
    """Register without the panel."""

    def getParameterNode(self):
        """Return what the user has chosen, kept in the scene."""
        return SparseVMRegParameterNode(super().getParameterNode())

    def register(
        self,
        atlasNode,
        scanNode,
        *,
        acquiredMask=None,
        atlasSegmentation=None,
        scanSegmentation=None,
        excluded=None,
        settings=None,
        progress=None,
    ):
        """Lay an atlas over a clinical scan of few slices and return the nodes of the result.

        Blocks until the result is there; Slicer's events go on meanwhile. `settings` holds what
        the engine's settings say in JSON, such as {"acquired": "detect"}; what is left out keeps
        its default, but a mask of what was measured is taken at its word. Segments of the same
        name in both segmentations are compared. `progress(stage, fraction)` is told how far the
        whole is, 0 to 1; what it raises ends the job. ValueError for inputs that cannot be used,
        RuntimeError if there will be no result.
        """
        source = {} if acquiredMask is None else {"acquired": "mask"}
        request = SparseRequest(
            fixed=scanNode,
            moving=atlasNode,
            acquiredMask=acquiredMask,
            atlasSegmentation=atlasSegmentation,
            scanSegmentation=scanSegmentation,
            excluded=excluded,
            settings=source | dict(settings or {}),
        )
        return register_and_wait(request, progress=progress, way=REGISTER).nodes

    def findSlices(self, scanNode, *, acquiredMask=None, settings=None, progress=None):
        """Find where a scan was measured; return a volume that shows it, and words that say it.

        Blocks and raises as `register` does.
        """
        source = {} if acquiredMask is None else {"acquired": "mask"}
        request = SparseRequest(
            fixed=scanNode, acquiredMask=acquiredMask, settings=source | dict(settings or {})
        )
        return register_and_wait(request, progress=progress, way=LOOK_FOR_SLICES).nodes


class SparseVMRegTest(SelfTests, ScriptedLoadableModuleTest):
    """What runs inside a real Slicer."""

    def setUp(self):
        """Start each test with an empty scene."""
        slicer.mrmlScene.Clear()

    def runTest(self):
        """Run all tests."""
        for name in test_names():
            self.setUp()
            getattr(self, name)()
