"""One registration, from the nodes of the inputs to the nodes of the result."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.run.command import WORKER, worker_command
from VolumePreservingRegLib.run.job_files import write_job_files
from VolumePreservingRegLib.run.job_folder import JobFolder, make_job_folder
from VolumePreservingRegLib.run.job_runner import Ending, Failure, JobEars, JobRunner
from VolumePreservingRegLib.run.messages import Finished, Progress, Warned
from VolumePreservingRegLib.run.result_nodes import result_to_nodes
from VolumePreservingRegLib.run.sentences import result_is_unreadable


@dataclass(frozen=True)
class Done:
    """The nodes of a result, and what the worker said at the end."""

    nodes: Any
    message: Finished


@dataclass(frozen=True)
class RegistrationEars:
    """Who hears of a registration; exactly one of `done` and `failed` is called, once, and last."""

    progress: Callable[[Progress], None]
    log: Callable[[str], None]
    done: Callable[[Done], None]
    failed: Callable[[Failure], None]


@dataclass(frozen=True)
class Way:
    """How requests of one kind become files, by which program results, and how these nodes."""

    write: Callable[[Any, JobFolder], None]
    read: Callable[[Path, Any], Any]
    program: str = WORKER


OF_A_PAIR = Way(write_job_files, result_to_nodes)


class Registration:
    """Gives a job to the runner and takes its result into the scene: all of it, or nothing."""

    def __init__(self, runner: JobRunner) -> None:
        """Use a runner, which does one job at a time."""
        self._runner = runner

    def start(self, request: Any, ears: RegistrationEars, *, way: Way = OF_A_PAIR) -> None:
        """Write the inputs and start; ValueError with a plain sentence for unusable inputs."""
        folder = make_job_folder()
        try:
            way.write(request, folder)
            command = worker_command(folder, hide_gpu=request.hideGpu, program=way.program)
        except Exception:
            folder.remove()
            raise
        logging.info("Job started: %s, %s", way.program, request.fixed.GetName())
        self._request, self._folder, self._ears, self._way = request, folder, ears, way
        self._runner.start(
            command,
            folder,
            JobEars(ears.progress, self._on_warned, ears.log, self._on_finished, self._on_failed),
        )

    def _on_warned(self, warned: Warned) -> None:
        self._ears.log(warned.text + "\n")

    def _on_finished(self, message: Finished) -> None:
        self._ears.progress(Progress(_("Bringing the result into the scene"), 1.0))
        try:
            with slicer.util.WaitCursor():
                nodes = self._way.read(message.folder, self._request)
        except Exception as error:
            logging.exception("The result of the registration could not be read")
            self._clean_up(self._folder)
            self._ears.failed(Failure(Ending.FAULT, result_is_unreadable(error)))
        else:
            logging.info("Job finished after %.0f s", message.seconds)
            self._clean_up(self._folder)
            self._ears.done(Done(nodes, message))

    def _on_failed(self, failure: Failure) -> None:
        logging.info("Job ended without a result: %s", failure.ending.value)
        self._clean_up(self._folder)
        self._ears.failed(failure)

    def _clean_up(self, folder: JobFolder) -> None:
        if self._request.keepFolder:
            self._ears.log(f"{folder.path}\n")
        else:
            folder.remove()
