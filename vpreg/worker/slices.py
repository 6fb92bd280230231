"""`python -m vpreg.worker.slices JOB`: show where a sparse scan was measured, before registering.

The job is that of the registration, of which only the scan, the mask and the settings are looked
at. Lines, exit status and ways to end it are those of `vpreg.worker`; the folder holds
`confidence.nii.gz` and, in `result.json`, the figures of the slices.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vpreg.job.job import Job
from vpreg.job.sparse_part import SparsePart
from vpreg.progress import Stage
from vpreg.worker.entry import answer, prepare
from vpreg.worker.exit_codes import ExitCode
from vpreg.worker.lines import Lines
from vpreg.worker.stop import Stop

if TYPE_CHECKING:
    from vpreg.recipes.sparse_slices import Measured

CONFIDENCE_FILE = "confidence.nii.gz"
LOOKING = "Looking for the slices"

Hear = Callable[[str, float], None]


def main(words: Sequence[str]) -> ExitCode:
    """Run the job in the file that the words name; return the exit status."""
    return answer(words, look)


def look(path: Path, stop: Stop, lines: Lines) -> dict[str, object]:
    """Do the job and return what the last line says of it."""

    def hear(stage: str, fraction: float) -> None:
        stop.raise_if_wanted()
        lines.write("progress", stage=stage, fraction=fraction, eta_s=None)

    job = prepare(path, stop, lines)
    return {"folder": str(job.output), "figures": show_slices(job, hear, stop)}


def show_slices(job: Job, hear: Hear, stop: Stop) -> Mapping[str, object]:
    """Find the slices and write the folder; ValueError where they cannot be found."""
    hear(Stage.READING.value, 0.0)
    from vpreg.images.reading import read_image
    from vpreg.metrics.json_figures import to_json
    from vpreg.recipes.sparse_settings import SparseSettings
    from vpreg.recipes.sparse_slices import find_measured, slice_figures

    settings = SparseSettings.from_json_dict(dict(job.settings))
    scan = read_image(job.fixed, series_uid=job.fixed_series)
    mask = (job.sparse or SparsePart()).acquired
    acquired = None if mask is None else read_image(mask)
    hear(LOOKING, 0.4)
    measured = find_measured(scan, acquired, settings)
    figures = {"slices": to_json(slice_figures(measured, settings))}
    hear(Stage.WRITING.value, 0.8)
    _write(measured, figures, job, stop)
    return figures


def _write(measured: Measured, figures: Mapping[str, object], job: Job, stop: Stop) -> None:
    from vpreg.images.writing import write_image
    from vpreg.results.contents import MEANINGS
    from vpreg.results.result_json import list_files, write_result_json
    from vpreg.results.whole_folder import whole_folder

    with whole_folder(job.output, replace=job.force, before_it_appears=stop.close) as unfinished:
        write_image(measured.confidence, unfinished / CONFIDENCE_FILE)
        files = list_files(unfinished, MEANINGS)
        write_result_json({"figures": figures, "files": files}, unfinished)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
