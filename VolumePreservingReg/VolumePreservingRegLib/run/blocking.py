"""Register and wait for the result, for scripts and without a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import qt
from slicer.i18n import tr as _

from VolumePreservingRegLib.run.job_runner import Failure, JobRunner
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
from VolumePreservingRegLib.run.torch_check import torch_is_installed

Heard = Callable[[str, float], None]
"""Is told the stage and the done share of the whole, 0 to 1; what it raises ends the job."""


def register_and_wait(request: Any, *, progress: Heard | None = None, way: Way = OF_A_PAIR) -> Done:
    """Return once there is a result; RuntimeError with a plain sentence if there will be none."""
    if not torch_is_installed():
        raise RuntimeError(_("Install PyTorch first, by pressing Apply in the module."))
    wait = _Wait(progress)
    runner = JobRunner(QtProcess, later=call_later)
    wait.cancel = runner.cancel
    Registration(runner).start(request, wait.ears(), way=way)
    try:
        wait.until_the_end()
    finally:
        runner.end_now()
    return wait.result()


class _Wait:
    """Keeps Slicer's events going until the job has ended."""

    def __init__(self, heard: Heard | None) -> None:
        self._heard = heard
        self._loop = qt.QEventLoop()
        self._done: Done | None = None
        self._failure: Failure | None = None
        self._raised: BaseException | None = None
        self.cancel: Callable[[], None] = lambda: None

    def ears(self) -> RegistrationEars:
        return RegistrationEars(self._on_progress, lambda _text: None, self._on_done, self._on_fail)

    def until_the_end(self) -> None:
        if not self._has_ended():
            self._loop.exec_()

    def result(self) -> Done:
        if self._raised is not None:
            raise self._raised
        if self._done is None:
            raise RuntimeError(failure_sentence(self._failure))
        return self._done

    def _has_ended(self) -> bool:
        return self._done is not None or self._failure is not None

    def _on_progress(self, progress: Progress) -> None:
        if self._heard is None or self._raised is not None:
            return
        try:
            self._heard(progress.stage, progress.fraction)
        except BaseException as raised:  # noqa: BLE001 - Qt would swallow it; it is raised at the end
            self._raised = raised
            self.cancel()

    def _on_done(self, done: Done) -> None:
        self._done = done
        self._loop.quit()

    def _on_fail(self, failure: Failure) -> None:
        self._failure = failure
        self._loop.quit()
