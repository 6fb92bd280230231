"""Determinants of a Jacobian volume, and the size of the organ that goes with it."""

from __future__ import annotations

import math

import numpy as np
import slicer

from VolumePreservingRegLib.scene.roles import LOG2, ROLE_ATTRIBUTE, SCALE_ATTRIBUTE
from VolumePreservingRegLib.scene.stale import is_node_stale

ORGAN_RATIO_ATTRIBUTE = "VolumePreservingReg.organRatio"


def determinants(volume) -> np.ndarray:
    """Return the determinants (K, J, I) of a volume that holds them, or their log2."""
    values = slicer.util.arrayFromVolume(volume).astype(np.float64)
    return np.exp2(values) if volume.GetAttribute(SCALE_ATTRIBUTE) == LOG2 else values


def organ_ratio(volume) -> float:
    """Return organ size after / before the alignment; NaN if it was not noted."""
    noted = volume.GetAttribute(ORGAN_RATIO_ATTRIBUTE)
    return float(noted) if noted else math.nan


def note_organ_ratio(volume, ratio: float | None) -> None:
    """Keep the organ ratio with the volume, through saving and opening of the scene."""
    if ratio is not None and math.isfinite(ratio):
        volume.SetAttribute(ORGAN_RATIO_ATTRIBUTE, repr(float(ratio)))


def is_jacobian(volume) -> bool:
    """Say whether a volume node is one of ours."""
    return volume is not None and volume.GetAttribute(SCALE_ATTRIBUTE) == LOG2


def only_jacobian(scene):
    """Return the one Jacobian volume of a volume-preserving result, or None if it is not clear."""
    found = [
        volume
        for volume in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode", scene)
        if volume.GetAttribute(ROLE_ATTRIBUTE) == "jacobian" and not is_node_stale(volume)
    ]
    return found[0] if len(found) == 1 else None
