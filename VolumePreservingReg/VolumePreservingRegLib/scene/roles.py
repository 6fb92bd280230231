"""What each node of a result is, and the names under which other nodes refer to it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

ROLE_ATTRIBUTE = "VolumePreservingReg.role"
FOLDER_ATTRIBUTE = "VolumePreservingReg.resultFolder"
SCALE_ATTRIBUTE = "VolumePreservingReg.scale"
LOG2 = "log2"
TRANSFORM_ROLES = ("transform", "similarityTransform", "inverseTransform")

FIXED_ROLE = "spatialRegistrationFixed"
MOVING_ROLE = "spatialRegistrationMoving"
FIXED_TUMOR_ROLE = "VolumePreservingReg.fixedTumor"
MOVING_TUMOR_ROLE = "VolumePreservingReg.movingTumor"
FIXED_LABELS_ROLE = "VolumePreservingReg.fixedLabels"
MOVING_LABELS_ROLE = "VolumePreservingReg.movingLabels"
ACQUIRED_ROLE = "VolumePreservingReg.acquired"
EXCLUDED_ROLE = "VolumePreservingReg.excluded"


@dataclass
class ResultNodes:
    """The nodes of one registration; None is what its folder did not hold or nobody wants to see.

    The transforms pull: from-parent maps a point of the fixed scan to one of the moving scan, so
    that a node of the moving scan put under them shows aligned. The Jacobian volumes hold log2 of
    the determinant: 1 where the alignment shrinks tissue to half its size. The confidence, the
    inverse, the carried segmentation and the table of its structures are those of sparse scans.
    """

    alignedVolume: Any = None
    transform: Any = None
    similarityAligned: Any = None
    similarityTransform: Any = None
    softMask: Any = None
    softMaskMoving: Any = None
    jacobian: Any = None
    similarityJacobian: Any = None
    folds: Any = None
    alignedTumor: Any = None
    tumorTable: Any = None
    confidence: Any = None
    inverseTransform: Any = None
    carriedSegmentation: Any = None
    structureTable: Any = None
    summaryTable: Any = None

    def items(self):
        """Return pairs of role and node for all nodes that there are."""
        found = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return [(role, node) for role, node in found if node is not None]

    def nodes(self):
        """Return all nodes that there are."""
        return [node for _, node in self.items()]
