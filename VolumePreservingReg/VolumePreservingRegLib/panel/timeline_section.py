"""Tumor over time: time points, one job for all of them, and what it found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import qt
import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.panel.job_section import JobSection
from VolumePreservingRegLib.panel.timeline_points import TimelinePoints
from VolumePreservingRegLib.panel.timeline_results import TimelineResults
from VolumePreservingRegLib.run.torch_install import TorchIsMissing, ensure_torch
from VolumePreservingRegLib.timeline import nodes as references
from VolumePreservingRegLib.timeline.dicom_studies import points_of_studies
from VolumePreservingRegLib.timeline.edit_watch import EditWatch
from VolumePreservingRegLib.timeline.options import LesionRule
from VolumePreservingRegLib.timeline.place_result import remove_result
from VolumePreservingRegLib.timeline.problems import find_problem, in_order
from VolumePreservingRegLib.timeline.request import StudyRequest, made_with
from VolumePreservingRegLib.timeline.review import carry_over
from VolumePreservingRegLib.timeline.store import Store
from VolumePreservingRegLib.timeline.study_files import work_folder
from VolumePreservingRegLib.timeline.time_point import TimePoint
from VolumePreservingRegLib.timeline.way import OF_A_STUDY

QUIET_MS = 3000
CHECK_BOXES = {
    "chainCheckBox": "chain",
    "lookedForNewCheckBox": "lookedForNew",
    "updateAfterEditsCheckBox": "updateAfterEdits",
}


class TimelineSection:
    """Keeps the section and the parameter node alike, and runs the job.

    `settings` returns those of a registration (ValueError for a text that makes no sense),
    `isBusy` whether another job runs, `onChange` hears of start and end.
    """

    def __init__(
        self,
        ui: Any,
        log: Any,
        *,
        settings: Callable[[], dict[str, Any]],
        isBusy: Callable[[], bool],
        onChange: Callable[[], None],
    ) -> None:
        """Connect the widgets of `ui`; the log is shown in those of `log`."""
        self.ui, self._settings, self._isBusy = ui, settings, isBusy
        self._parameterNode: Any = None
        self._store: Store | None = None
        self._shown: Any = None
        self._started: tuple[list[str], str] = ([], "")
        self._meanwhile: set[str] = set()
        self._folders: set[Path] = set()
        self._points = TimelinePoints(ui.timePointsTable, changed=self._onPoint)
        self._results = TimelineResults(ui)
        self._watch = EditWatch(self._onEdited)
        self._quiet = qt.QTimer()
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.connect("timeout()", self._onQuiet)
        self.job = JobSection(
            job_widgets(ui, log),
            onDone=self._onDone,
            onChange=onChange,
            hint=_("Align all time points with the earliest and measure all lesions."),
            label=_("Register all"),
        )
        self._connect_widgets()
        self.connect(None)

    @property
    def runs(self) -> bool:
        """Whether its job runs."""
        return self.job.runs

    @property
    def results(self) -> TimelineResults:
        """What is shown of the result."""
        return self._results

    def connect(self, parameters: Any) -> None:
        """Show the timeline of a parameter node; None shows none."""
        self._quiet.stop()
        self._parameterNode = parameters.parameterNode if parameters else None
        self._store = Store(self._parameterNode) if parameters else None
        self._shown = None
        self._results.connect(self._parameterNode, self._store)
        if self._store is None:
            self._watch.stop()
            self._points.show([])
        self.refresh()

    def refresh(self) -> None:
        """Show the parameter node as it is now; only what has changed is done."""
        if self._store is None:
            self.job.setProblem(_("Open the module again."))
            return
        points, options = self._store.points(), self._store.options()
        if references.find(self._parameterNode) != self._results.nodes:
            self._results.connect(self._parameterNode, self._store)
        self._watch.follow(points)
        self._points.show(points)
        self.ui.lesionRuleComboBox.setCurrentIndex(list(LesionRule).index(options.rule))
        for name, field in CHECK_BOXES.items():
            getattr(self.ui, name).checked = getattr(options, field)
        self.ui.removeTimePointButton.setEnabled(bool(points))
        self._results.show(outdated=self._is_of_other_choices())
        self._show_problem()

    def start(self) -> None:
        """Start the job, or say why it cannot be."""
        try:
            ensure_torch()
            request = self._request()
            self._started = ([one.key for one in request.points], self._made_with())
            self._meanwhile = set()
            self.job.start(request, way=OF_A_STUDY)
        except (TorchIsMissing, ValueError) as error:
            self.job.say(str(error))

    def cancel(self) -> None:
        """Ask the job to end."""
        self.job.cancel()

    def leave(self) -> None:
        """Do nothing by itself any more while another module is shown."""
        self._quiet.stop()

    def close(self) -> None:
        """End the job, leave the views as they were, and forget the registrations."""
        self.job.close()
        self._quiet.stop()
        self._watch.stop()
        self._results.close()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _connect_widgets(self) -> None:
        ui = self.ui
        for rule in LesionRule:
            ui.lesionRuleComboBox.addItem(rule.label())
        ui.lesionRuleComboBox.connect("activated(int)", self._onRule)
        for name, field in CHECK_BOXES.items():
            getattr(ui, name).connect(
                "toggled(bool)", lambda on, field=field: self._onOption(field, on)
            )
        ui.addTimePointButton.connect("clicked(bool)", self._onAdd)
        ui.addStudiesButton.connect("clicked(bool)", self._onAddStudies)
        ui.removeTimePointButton.connect("clicked(bool)", self._onRemove)
        ui.registerAllButton.connect("clicked(bool)", self._onButton)

    def _request(self) -> StudyRequest:
        settings = self._settings()
        work = work_folder(Path(slicer.app.temporaryPath), self._store.study())
        self._folders.add(work)
        return StudyRequest(
            points=tuple(in_order(self._store.points())),
            options=self._store.options(),
            work=work,
            settings=settings,
            hideGpu=settings.get("device") == "cpu",
        )

    def _made_with(self) -> str:
        return made_with(self._store.points(), self._store.options(), self._settings())

    def _is_of_other_choices(self) -> bool:
        if self._results.nodes is None:
            return False
        if find_problem(self._store.points()):
            return True
        try:
            return self._made_with() != self._store.madeWith()
        except ValueError:  # a text that makes no sense yet is on its way to other settings
            return True

    def _show_problem(self) -> None:
        problem = find_problem(self._store.points())
        if self._isBusy():
            problem = _("Wait for the alignment that runs, or cancel it: there is one at a time.")
        self.job.setLabel(_("Update") if self._results.nodes else _("Register all"))
        self.job.setProblem(problem)

    def _onButton(self, _clicked: bool = False) -> None:
        if self.job.runs:
            self.job.cancel()
        else:
            self.start()

    def _onAdd(self, _clicked: bool = False) -> None:
        self._store.add(TimePoint(""))
        self.refresh()

    def _onAddStudies(self, _clicked: bool = False) -> None:
        points = self._store.points()
        try:
            found = points_of_studies(
                slicer.mrmlScene, like=[point.scan for point in points if point.scan]
            )
        except ValueError as error:
            self.job.say(str(error))
            return
        new = [one for one in found if one.scan not in [point.scan for point in points]]
        for point in new:
            self._store.add(point)
        self.job.say(_("{count} time points were added.").format(count=len(new)))
        self.refresh()

    def _onRemove(self, _clicked: bool = False) -> None:
        key = self._points.selectedKey()
        if key is not None:
            self._store.remove(key)
            self.refresh()

    def _onPoint(self, point: TimePoint) -> None:
        self._store.replace(point)
        self.refresh()

    def _onRule(self, index: int) -> None:
        self._store.setOptions(replace(self._store.options(), rule=list(LesionRule)[index]))
        self.refresh()

    def _onOption(self, field: str, on: bool) -> None:
        if self._store is not None and getattr(self._store.options(), field) != on:
            self._store.setOptions(replace(self._store.options(), **{field: on}))
            self.refresh()

    def _onEdited(self, key: str) -> None:
        if self.job.runs:
            self._meanwhile.add(key)
        if self._results.nodes is not None and key in self._store.madeOf():
            self._store.setEdited(sorted({*self._store.edited(), key}))
            self.refresh()
        if self._store.options().updateAfterEdits:
            self._quiet.start()

    def _onQuiet(self) -> None:
        if self._store is None or self._results.nodes is None or not self._store.edited():
            return
        if self.job.runs or self._isBusy() or find_problem(self._store.points()):
            self._quiet.start()
        else:
            self.start()

    def _onDone(self, done: Any) -> None:
        keys, chosen = self._started
        before, last = self._results.rows, self._results.nodes
        modifying = self._parameterNode.StartModify()
        references.store(self._parameterNode, done.nodes)
        self._store.setMade(keys, chosen)
        self._store.setEdited(sorted(self._meanwhile))
        self._results.connect(self._parameterNode, self._store)
        self._store.setReviews(carry_over(self._store.reviews(), before, self._results.rows))
        self._parameterNode.EndModify(modifying)
        self._results.refreshNodes()
        self.ui.showTimelineButton.checked = True
        if last is not None:
            remove_result(last)
        self.refresh()


def job_widgets(ui: Any, log: Any) -> Any:
    """Return the widgets of the job under the names that it knows them by."""
    return SimpleNamespace(
        applyButton=ui.registerAllButton,
        progressBar=ui.timelineProgressBar,
        statusLabel=ui.timelineStatusLabel,
        logTextEdit=log.logTextEdit,
        logCollapsibleButton=log.logCollapsibleButton,
    )
