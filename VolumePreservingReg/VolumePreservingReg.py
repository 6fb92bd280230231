"""Volume Preserving Registration: align two scans and keep the size of the tumor."""

import slicer
from slicer.i18n import tr as _
from slicer.i18n import translate
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
    ScriptedLoadableModuleWidget,
)
from VolumePreservingRegLib.panel.advanced_section import AdvancedSection
from VolumePreservingRegLib.panel.choices import Mode
from VolumePreservingRegLib.panel.inputs_section import InputsSection
from VolumePreservingRegLib.panel.job_section import JobSection
from VolumePreservingRegLib.panel.module_widget import ModuleWidget
from VolumePreservingRegLib.panel.parameters import VolumePreservingRegParameterNode
from VolumePreservingRegLib.panel.problems import find_problem
from VolumePreservingRegLib.panel.request_of import request_of
from VolumePreservingRegLib.panel.results_section import ResultsSection
from VolumePreservingRegLib.panel.self_tests import SelfTests, test_names
from VolumePreservingRegLib.panel.settings_json import settings_json
from VolumePreservingRegLib.panel.staleness import settings_text
from VolumePreservingRegLib.panel.timeline_section import TimelineSection
from VolumePreservingRegLib.run.blocking import register_and_wait
from VolumePreservingRegLib.run.request import Request, SegmentChoice
from VolumePreservingRegLib.run.torch_install import TorchIsMissing, ensure_torch


class VolumePreservingReg(ScriptedLoadableModule):
    """What Slicer shows of the module before it is opened."""

    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        self.parent.title = _("Volume Preserving Registration")
        self.parent.categories = [translate("qSlicerAbstractCoreModule", "Registration")]
        # Those whose logic is used; Slicer ends them after this one.
        self.parent.dependencies = ["Colors", "Segmentations", "SubjectHierarchy"]
        self.parent.contributors = ["The contributors of VolumePreservingRegistration"]
        self.parent.helpText = _(
            "Lays a follow-up scan over the baseline scan of the same patient without changing the"
            " size of the tumor, so that its growth can be seen. Select both scans, press Apply,"
            " and look at the findings. For research; not for clinical decisions."
            " The patent application US 2025/0054098 describes a related method."
        )
        self.parent.acknowledgementText = _(
            "The method follows Dong et al., Preserving Tumor Volumes for Unsupervised Medical"
            " Image Registration, ICCV 2023."
        )
        slicer.app.connect("startupCompleted()", register_with_slicer)


def register_with_slicer():
    """Add sample data, measurements and layouts to what Slicer has, once it has started."""
    from VolumePreservingRegLib.review.layouts import register_layouts
    from VolumePreservingRegLib.scene.register_segment_statistics import (
        register_segment_statistics,
    )
    from VolumePreservingRegLib.scene.sample_data import registerSampleData
    from VolumePreservingRegLib.timeline.layout import (
        register_layouts as register_timeline_layouts,
    )

    registerSampleData()
    register_segment_statistics()
    # A scene that was saved in one of the layouts may be opened before the module is.
    manager = slicer.app.layoutManager()
    if manager:
        with slicer.util.NodeModify(manager.layoutLogic().GetLayoutNode()):
            register_layouts(manager)
            register_timeline_layouts(manager)


class VolumePreservingRegWidget(ModuleWidget):
    """The panel; its sections do the work."""

    def __init__(self, parent=None):
        ModuleWidget.__init__(self, parent)
        self._jobs = (False, False)
        self.timeline = None

    def setup(self):
        """Load the panel and connect its sections."""
        ScriptedLoadableModuleWidget.setup(self)
        uiWidget = self.loadPanel("VolumePreservingReg.ui")
        self.logic = VolumePreservingRegLogic()
        self.inputs = InputsSection(self.ui)
        self.advanced = AdvancedSection(self.ui)
        self.job = JobSection(self.ui, onDone=self._onDone, onChange=self._onJobsChange)
        self.results = ResultsSection(self.ui, onFailure=self.job.say)
        self.timeline = self._makeTimeline(uiWidget)
        self.ui.applyButton.connect("clicked(bool)", self.onApplyButton)
        self.followScene()

    def _makeTimeline(self, uiWidget):
        """Put the section of time points below the others."""
        widget = slicer.util.loadUI(self.resourcePath("UI/TumorOverTime.ui"))
        uiWidget.layout().insertWidget(uiWidget.layout().count() - 1, widget)
        widget.setMRMLScene(slicer.mrmlScene)
        return TimelineSection(
            slicer.util.childWidgetVariables(widget),
            self.ui,
            settings=self._settingsOverTime,
            isBusy=lambda: self.job.runs,
            onChange=self._onJobsChange,
        )

    def sections(self):
        """Return what is to be left and closed with the panel."""
        return [self.timeline, self.results]

    def jobs(self):
        """Return what runs jobs."""
        return [self.job, self.timeline]

    def connectSections(self, parameters):
        """Let the sections show a parameter node; None shows none."""
        self.inputs.connect(parameters)
        self.results.connect(parameters)
        self.timeline.connect(parameters)

    def refreshSections(self):
        """Let the sections show what the parameter node asks for now."""
        self.inputs.refresh()
        self.results.refresh()
        self.timeline.refresh()

    def problem(self):
        """Return what is missing before Apply can be pressed; None if nothing is."""
        self.advanced.refresh(self._parameterNode)
        if self.timeline.runs:
            return _("Wait for the time points to be registered, or cancel that.")
        return find_problem(self._parameterNode)

    def onApplyButton(self, _clicked=False):
        """Start a job, or end the one that runs."""
        if self.job.runs:
            self.job.cancel()
            return
        try:
            ensure_torch()
            self._startedWith = settings_text(self._parameterNode)
            self.job.start(request_of(self._parameterNode))
        except (TorchIsMissing, ValueError) as error:
            self.job.say(str(error))

    def _onJobsChange(self):
        if self.timeline is None:
            return
        jobs = (self.job.runs, self.timeline.runs)
        if jobs != self._jobs:
            self._jobs = jobs
            self.showProblem()
            self.timeline.refresh()

    def _settingsOverTime(self):
        # Time points are of one patient, whatever the baseline of the pair above may be.
        return {**settings_json(self._parameterNode), "mode": Mode.FOLLOW_UP.value}

    def _onDone(self, done):
        if self._parameterNode:
            self.results.take(done.nodes, self._startedWith)


class VolumePreservingRegLogic(ScriptedLoadableModuleLogic):
    """Register without the panel."""

    def getParameterNode(self):
        """Return what the user has chosen, kept in the scene."""
        return VolumePreservingRegParameterNode(super().getParameterNode())

    def register(
        self,
        fixedNode,
        movingNode,
        *,
        fixedTumor=None,
        movingTumor=None,
        fixedOrgan=None,
        movingOrgan=None,
        settings=None,
        progress=None,
    ):
        """Align a follow-up (moving) with a baseline (fixed) and return the nodes of the result.

        Blocks until the result is there; Slicer's events go on meanwhile. Tumors and organs are
        segmentation nodes, of which all segments count. `settings` holds what the engine's
        settings say in JSON, such as {"mode": "atlas"}; what is left out keeps its default.
        `progress(stage, fraction)` is told how far the whole is, 0 to 1; what it raises ends the
        job. ValueError for inputs that cannot be used, RuntimeError if there will be no result.
        """
        segmentations = {
            "fixedTumor": fixedTumor,
            "movingTumor": movingTumor,
            "fixedOrgan": fixedOrgan,
            "movingOrgan": movingOrgan,
        }
        request = Request(
            fixed=fixedNode,
            moving=movingNode,
            settings=settings or {},
            **{name: SegmentChoice(node) for name, node in segmentations.items() if node},
        )
        return register_and_wait(request, progress=progress).nodes


class VolumePreservingRegTest(SelfTests, ScriptedLoadableModuleTest):
    """What runs inside a real Slicer."""

    def setUp(self):
        """Start each test with an empty scene."""
        slicer.mrmlScene.Clear()

    def runTest(self):
        """Run all tests."""
        for name in test_names():
            self.setUp()
            getattr(self, name)()
