"""Read what a job with a sparse scan names."""

from __future__ import annotations

from vpreg.images.image import Image
from vpreg.images.reading import read_image
from vpreg.job.job import Job
from vpreg.job.sparse_part import SparsePart
from vpreg.progress import Progress
from vpreg.recipes.sparse_inputs import SparseInputs
from vpreg.worker.inputs import read_inputs, read_map


def read_sparse_inputs(job: Job, *, progress: Progress) -> SparseInputs:
    """Read all images of a job; ValueError with a plain sentence for one that cannot be used."""
    pair = read_inputs(job, progress=progress)
    part = job.sparse or SparsePart()
    if job.fixed_mask is not None:
        msg = "Write 'excluded' of 'sparse' instead of 'fixed_mask' in a job of a sparse scan."
        raise ValueError(msg)
    return SparseInputs(
        atlas=pair.moving,
        scan=pair.fixed,
        acquired=_soft(part),
        atlas_labels=read_map(part.atlas_labels),
        scan_labels=read_map(part.scan_labels),
        excluded=read_map(part.excluded),
        atlas_mask=pair.moving_mask,
        atlas_organ=pair.organ,
        scan_organ=pair.fixed_organ,
        atlas_tumor=pair.moving_tumor,
        scan_tumor=pair.fixed_tumor,
        affine_lps=pair.affine_lps,
    )


def _soft(part: SparsePart) -> Image | None:
    # A mask may have been resampled with its scan already: it is read like a scan, not like labels.
    return None if part.acquired is None else read_image(part.acquired)
