"""End a process whose main thread does not come back in time to end itself."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from vpreg.results.unfinished import clear_own
from vpreg.worker.exit_codes import ExitCode, FailureCode
from vpreg.worker.lines import Lines
from vpreg.worker.stop import Stop

GRACE_S = 0.6


def end_in_time(stop: Stop, lines: Lines, *, output: Path) -> None:
    """From the wish to stop on, give the main thread a moment, then clean up and end the process.

    A stage may be inside one long call into a library and report nothing; and before the engine is
    loaded nothing reports at all.
    """

    def wait_and_end() -> None:
        stop.wait()
        time.sleep(GRACE_S)
        clear_own(output.resolve())
        lines.end("failed", code=FailureCode.CANCELLED.value, message=stop.reason)
        os._exit(ExitCode.CANCELLED)

    threading.Thread(target=wait_and_end, daemon=True).start()
