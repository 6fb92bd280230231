"""Names for the lesions that the engine found, by the segments that they come from."""

from __future__ import annotations

import numpy as np
from slicer.i18n import tr as _


def lesion_names(lesions: list[dict], tumor=None) -> list[str]:
    """Name each lesion (of `result.json`) by the one segment that has as many voxels.

    The engine numbers connected pieces, not segments: a lesion that is no segment of its own is
    called by its number.
    """
    sizes = {}
    if tumor is not None:
        counts = np.bincount(tumor.labels.ravel())
        sizes = {label: int(counts[label]) for label in tumor.names if label < len(counts)}
    return [_name(lesion, sizes, tumor) for lesion in lesions]


def _name(lesion: dict, sizes: dict[int, int], tumor) -> str:
    same = [label for label, size in sizes.items() if size == lesion["voxels_moving"]]
    if len(same) == 1:
        return tumor.names[same[0]]
    return _("Lesion {number}").format(number=lesion["label"])
