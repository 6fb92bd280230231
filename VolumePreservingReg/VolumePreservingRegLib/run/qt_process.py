"""A process run by Qt, whose signals come while Slicer idles.

A thread that reads a pipe would starve: while Qt's loop idles in Slicer, Python's threads hardly
run.
"""

from __future__ import annotations

import qt

from VolumePreservingRegLib.run.later import call_later
from VolumePreservingRegLib.run.process import Command, Ears, Ended

_FAILED_TO_START = 0
_NORMAL_EXIT = 0
_NOT_RUNNING = 0


class QtProcess:
    """A QProcess with its standard output and its log apart."""

    def __init__(self) -> None:
        """Prepare a process; `start` starts it."""
        self._ears: Ears | None = None
        self._process = qt.QProcess()
        self._process.connect("readyReadStandardOutput()", self._on_output)
        self._process.connect("readyReadStandardError()", self._on_log)
        self._process.connect("finished(int,QProcess::ExitStatus)", self._on_finished)
        self._process.connect("errorOccurred(QProcess::ProcessError)", self._on_error)

    def start(self, command: Command, ears: Ears) -> None:
        """Start it and tell `ears` from then on."""
        self._ears = ears
        environment = qt.QProcessEnvironment()
        for name, value in command.environment.items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.start(command.program, list(command.arguments))

    def close_input(self) -> None:
        """Close its standard input."""
        if self._runs():
            self._process.closeWriteChannel()

    def terminate(self) -> None:
        """Send SIGTERM, or on Windows WM_CLOSE."""
        if self._runs():
            self._process.terminate()

    def kill(self) -> None:
        """End it."""
        if self._runs():
            self._process.kill()

    def wait(self, milliseconds: int) -> bool:
        """Wait until it has ended; what it said until then is told on the way."""
        return not self._runs() or bool(self._process.waitForFinished(milliseconds))

    @property
    def process_id(self) -> int:
        """The number that the system gave it; 0 when it does not run."""
        return int(self._process.processId()) if self._runs() else 0

    def _runs(self) -> bool:
        return self._process is not None and int(self._process.state()) != _NOT_RUNNING

    def _on_output(self) -> None:
        data = self._process.readAllStandardOutput().data()
        if data and self._ears is not None:
            self._ears.output(bytes(data))

    def _on_log(self) -> None:
        data = self._process.readAllStandardError().data()
        if data and self._ears is not None:
            self._ears.log(bytes(data))

    def _on_finished(self, status: int, how: object) -> None:
        self._on_output()
        self._on_log()
        self._end(Ended(int(status) if int(how) == _NORMAL_EXIT else None))

    def _on_error(self, error: object) -> None:
        # All other errors are followed by `finished`.
        if int(error) == _FAILED_TO_START:
            self._end(Ended(None, str(self._process.errorString())))

    def _end(self, ended: Ended) -> None:
        process, self._process = self._process, None
        ears, self._ears = self._ears, None
        # Not now: this is called by a signal of the very object, which must outlive it.
        call_later(0, lambda: process.deleteLater())
        if ears is not None:
            ears.ended(ended)
