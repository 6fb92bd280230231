"""Apply, which turns into Cancel, with the progress and the log below it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.panel.duration import time_left
from VolumePreservingRegLib.run.job_runner import Ending, Failure, JobRunner, State
from VolumePreservingRegLib.run.later import call_later
from VolumePreservingRegLib.run.messages import Progress
from VolumePreservingRegLib.run.qt_process import QtProcess
from VolumePreservingRegLib.run.registration import (
    OF_A_PAIR,
    Done,
    Registration,
    RegistrationEars,
    Way,
)
from VolumePreservingRegLib.run.sentences import failure_sentence


class JobSection:
    """Runs one job at a time and shows how far it is."""

    def __init__(
        self,
        ui: Any,
        *,
        onDone: Callable[[Done], None],
        onChange: Callable[[], None] = lambda: None,
        hint: str = "",
        label: str = "",
    ) -> None:
        """Show that nothing runs; `hint` is what the button, named `label` (Apply), does.

        `onChange` hears of start and end.
        """
        self._ui = ui
        self._onDone, self._onChange = onDone, onChange
        self._problem: str | None = None
        self._stage = ""
        self._runner = JobRunner(QtProcess, later=call_later)
        self._registration = Registration(self._runner)
        self._label = label or _("Apply")
        self._hint = hint or _("Align the follow-up with the baseline.")
        ui.logTextEdit.setPlainText("")
        ui.progressBar.setVisible(False)
        self._show()

    @property
    def runs(self) -> bool:
        """Whether a job runs."""
        return self._runner.runs

    def setProblem(self, problem: str | None) -> None:
        """Say what is missing before Apply can be pressed; None if nothing is."""
        self._problem = problem
        self._show()

    def setLabel(self, label: str) -> None:
        """Name the button otherwise."""
        self._label = label

    def start(self, request: Any, *, way: Way = OF_A_PAIR) -> None:
        """Start a job; ValueError with a plain sentence for inputs that cannot be used."""
        self._ui.logTextEdit.setPlainText("")
        self._stage = ""
        ears = RegistrationEars(self._onProgress, self._onLog, self._onEnd, self._onFailed)
        with slicer.util.WaitCursor():
            self._registration.start(request, ears, way=way)
        self._ui.progressBar.setRange(0, 0)
        self._ui.progressBar.setVisible(True)
        self.say(_("Starting"))
        self._show()

    def cancel(self) -> None:
        """Ask the job to end, or forget how the last one ended; Slicer does not wait for it."""
        if self._runner.state is State.RUNNING:
            self._runner.cancel()
            self.say(_("Canceling"))
            self._show()
        elif not self._runner.runs:
            self.say("")

    def close(self) -> None:
        """End the job before this returns."""
        self._runner.end_now()

    def say(self, sentence: str) -> None:
        """Show a sentence below the button, at once: the next thing may take a while."""
        self._ui.statusLabel.setText(sentence)
        self._ui.statusLabel.repaint()

    def _show(self) -> None:
        button = self._ui.applyButton
        if self._runner.state is State.RUNNING:
            button.setText(_("Cancel"))
            button.setToolTip(_("Stop the alignment. Nothing is added to the scene."))
            button.setEnabled(True)
        elif self._runner.runs:
            button.setText(_("Canceling"))
            button.setToolTip(_("The computation is ending."))
            button.setEnabled(False)
        else:
            button.setText(self._label)
            button.setToolTip(self._problem or self._hint)
            button.setEnabled(self._problem is None)
        self._onChange()

    def _onProgress(self, progress: Progress) -> None:
        bar = self._ui.progressBar
        bar.setRange(0, 100)
        bar.setValue(int(100 * progress.fraction))
        left = time_left(progress.left_s)
        self.say(f"{progress.stage}, {left}" if left else progress.stage)
        if progress.stage != self._stage:
            self._stage = progress.stage
            self._onLog(f"{time.strftime('%H:%M:%S')} {progress.stage}")

    def _onLog(self, text: str) -> None:
        self._ui.logTextEdit.appendPlainText(text.rstrip("\n"))

    def _onEnd(self, done: Done) -> None:
        self._ui.progressBar.setVisible(False)
        self.say(_("Finished in {seconds} s.").format(seconds=round(done.message.seconds)))
        self._show()
        self._onDone(done)

    def _onFailed(self, failure: Failure) -> None:
        self._ui.progressBar.setVisible(False)
        self.say(failure_sentence(failure))
        if failure.ending not in (Ending.CANCELLED, Ending.BAD_INPUT):
            self._ui.logCollapsibleButton.collapsed = False
        self._show()
