"""How well labels that an atlas carries over agree with those of the whole scan."""

from __future__ import annotations

import numpy as np
import torch

from sparse.cases import LATERAL_VENTRICLES, SparseCase
from sparse.methods import Laid
from sparse.preparation import Shared
from vpreg.fields.affine import affine_to_field, follow_by_affine
from vpreg.fields.compose import compose
from vpreg.fields.folds import count_folds
from vpreg.fields.warp import warp
from vpreg.images.interpolation import Interpolation
from vpreg.images.reading import read_labels
from vpreg.metrics.dice import dice_per_label
from vpreg.metrics.label_counts import label_counts


def score(laid: Laid, case: SparseCase, shared: Shared) -> dict[str, float]:
    """Return Dice on the voxels of the scan before it was thinned, and the folds."""
    truth, labels = (read_labels(case.labels_of(one)) for one in (case.fixed, case.moving))
    fine = shared.measured().scan.grid
    u = compose(affine_to_field(np.eye(4), truth.grid, fine), laid.u)
    to_labels = follow_by_affine(u, shared.affine_lps, fine, labels.grid)
    carried = warp(labels.voxels, to_labels, interpolation=Interpolation.NEAREST)
    found = dice_per_label(truth.voxels, carried, labels=label_counts(truth.voxels))
    ventricles = torch.tensor([found[label] for label in LATERAL_VENTRICLES])
    return {
        "ventricles": float(ventricles.mean()),
        "all": float(np.mean(list(found.values()))),
        "folds": count_folds(laid.u),
    }
