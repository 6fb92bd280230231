"""What an alignment makes of the size of the organ, noted in the result or measured on it."""

from __future__ import annotations

import numpy as np
import slicer

from VolumePreservingRegLib.scene.read_files import read_volume
from VolumePreservingRegLib.scene.segment_change import size_ratio

FIGURES = {"jacobian": "final", "similarityJacobian": "similarity_only"}
ORGAN_FILE = "organ.nii.gz"


def organ_ratios(files, volumes: dict) -> dict[str, float]:
    """Return organ size after / before by role of the Jacobian volume (of determinants).

    As the engine measured it; without a tumor it has not, and the organ of the fixed scan serves.
    """
    return {
        role: ratio
        for role in FIGURES
        if role in volumes
        for ratio in [_ratio(files, role, volumes[role])]
        if ratio is not None
    }


def _ratio(files, role: str, volume) -> float | None:
    tumor = files.content["figures"].get(FIGURES[role], {}).get("tumor")
    if tumor and tumor["stsr"]["organ_ratio_jacobian"] is not None:
        return float(tumor["stsr"]["organ_ratio_jacobian"])
    path = files.folder / ORGAN_FILE
    if not path.is_file():
        return None
    organ = slicer.util.arrayFromVolume(read_volume(path)) > 0.5
    determinant = slicer.util.arrayFromVolume(volume)
    if organ.shape != determinant.shape:
        return None
    return size_ratio(determinant, organ.astype(np.float32))
