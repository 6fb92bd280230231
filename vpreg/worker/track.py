"""`python -m vpreg.worker.track JOB`: follow the lesions of a study and say how far it is.

Lines, exit status and ways to end it are those of `vpreg.worker`. What was registered by then is
kept in the work folder of the job.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from vpreg.job.tracking_checks import check_tracking_job
from vpreg.job.tracking_job import TrackingJob, read_tracking_job
from vpreg.worker.entry import answer
from vpreg.worker.exit_codes import ExitCode
from vpreg.worker.last_resort import end_in_time
from vpreg.worker.lines import Lines
from vpreg.worker.overall import seconds_left
from vpreg.worker.stop import Stop
from vpreg.worker.watchers import watch_cancel_file

_INTERVAL_S = 0.1


def main(words: Sequence[str]) -> ExitCode:
    """Run the job in the file that the words name; return the exit status."""
    return answer(words, follow)


def follow(path: Path, stop: Stop, lines: Lines) -> dict[str, object]:
    """Do the job and return what the last line says of it."""
    job = read_tracking_job(path)
    if job.cancel_file is not None:
        watch_cancel_file(stop, job.cancel_file)
    end_in_time(stop, lines, output=job.output)
    check_tracking_job(job)
    from vpreg.lesions.study.reading import read_study
    from vpreg.lesions.track import track
    from vpreg.lesions.tracking_folder import write_tracking
    from vpreg.recipes.settings import Settings

    settings = Settings.from_json_dict(dict(job.settings))
    heard = StudyLines(lines, stop)
    study = read_study(job.study)
    found = track(study, job.work, settings=settings, chain=job.chain, heard=heard.hear)
    for note in found.notes:
        lines.write("warning", message=note)
    heard.hear("Writing the results", 1.0)
    write_tracking(found, job.output, replace=job.force, before_it_appears=stop.close)
    reused = sum(one.was_there for one in found.registered)
    return ended(job, lesions=len(found.lesions), registered=len(found.registered), reused=reused)


def ended(job: TrackingJob, **counts: int) -> dict[str, object]:
    """Return what a finished job says: the folder, the report and how much was done."""
    report = job.output / "report.html"
    return {"folder": str(job.output), "report": str(report), **counts}


class StudyLines:
    """Writes how far the study is, a few times a second; raises Cancelled when it has to end."""

    def __init__(self, lines: Lines, stop: Stop) -> None:
        """Count the time from now."""
        self._lines, self._stop = lines, stop
        self._started = time.monotonic()
        self._last: tuple[str, float] | None = None

    def hear(self, words: str, fraction: float) -> None:
        """Take note of what is being done and of the done share."""
        self._stop.raise_if_wanted()
        now = time.monotonic()
        if self._last is None or self._last[0] != words or now - self._last[1] >= _INTERVAL_S:
            self._last = (words, now)
            left = seconds_left(fraction, now - self._started)
            self._lines.write(
                "progress",
                stage=words,
                fraction=round(fraction, 4),
                eta_s=None if left is None else round(left, 1),
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
