"""Everything at once, from as much as is known."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import torch

from Testing.engine.metrics.analytic_maps import CENTRE, ball, bump, bump_volume_ratio
from vpreg.fields.affine import affine_to_field
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.metrics.components import LesionIdentity
from vpreg.metrics.field_figures import field_figures
from vpreg.metrics.json_figures import to_json
from vpreg.metrics.scan import Scan
from vpreg.metrics.summary import measure

SHAPE = (40, 40, 40)
GRID = Grid(SHAPE, (2.0, 1.0, 1.5))
HEIGHT, WIDTH = 0.26, 5.0


def image(voxels):
    return Image(voxels, GRID)


def scan(radius):
    picture = torch.rand(SHAPE, generator=torch.Generator().manual_seed(2))
    return Scan(
        GRID,
        image=image(picture),
        labels=image(ball(SHAPE, CENTRE, 12).to(torch.int32) * 5),
        tumor=image(ball(SHAPE, CENTRE, radius).to(torch.uint8)),
        organ=image(ball(SHAPE, CENTRE, 17)),
        landmarks_lps_mm=np.array([[20.0, 20.0, 20.0], [30.0, 20.0, 40.0]]),
    )


def test_a_full_pair_gives_every_figure():
    u = bump(SHAPE, CENTRE, height=HEIGHT, width=WIDTH).float()

    found = measure(u, fixed=scan(9), moving=scan(7))

    (lesion,) = found.tumor.stsr.lesions
    (change,) = found.volume_changes
    expected = bump_volume_ratio(7, height=HEIGHT, width=WIDTH)
    assert lesion.volume_ratio == pytest.approx(expected, rel=0.01)
    assert lesion.volume_moving_mm3 == pytest.approx(3 * lesion.voxels_moving)
    assert change.vcr_true == pytest.approx((9 / 7) ** 3, rel=0.05)
    assert change.vcr_warped == pytest.approx(expected, rel=0.01)
    assert found.tumor.soft.median == lesion.stsr_soft
    assert found.field.folded_voxels == 0
    assert found.field.largest_determinant == pytest.approx(2.0, rel=0.05)
    assert found.labels[0].label == 5
    assert found.mean_dice == found.labels[0].dice > 0.8
    assert found.landmarks.count == 2
    assert 0 < found.similarity.ncc < 1


def test_the_identity_is_perfect():
    u = affine_to_field(np.eye(4), GRID, GRID)

    found = measure(u, fixed=scan(7), moving=scan(7))

    assert found.similarity.ncc == pytest.approx(1, abs=1e-4)
    assert found.mean_dice == 1
    assert found.labels[0].hd95_mm == 0
    assert found.tumor.hard.worst == pytest.approx(1)
    assert found.landmarks.worst_mm == pytest.approx(0, abs=1e-4)
    assert found.field.sdlogj.value == pytest.approx(0, abs=1e-5)


def test_what_is_not_given_is_not_measured():
    u = affine_to_field(np.eye(4), GRID, GRID)

    found = measure(u, fixed=Scan(GRID), moving=Scan(GRID, tumor=scan(7).tumor))

    assert found.tumor is None
    assert (found.similarity, found.labels, found.landmarks, found.volume_changes) == (None,) * 4
    assert found.field.voxels == 40**3


def test_figures_survive_strict_json():
    u = affine_to_field(np.eye(4), GRID, GRID)

    written = json.dumps(measure(u, fixed=scan(9), moving=scan(7)).to_json_dict(), allow_nan=False)

    read = json.loads(written)
    assert read["tumor"]["stsr"]["lesions"][0]["state"] == "measured"
    assert read["volume_changes"][0]["comparability"] == "comparable"


def test_a_failure_does_not_look_unknown_in_json():
    written = to_json({"failed": math.inf, "unknown": math.nan, "list": (1, -math.inf)})

    assert written == {"failed": "inf", "unknown": None, "list": [1, "-inf"]}


def test_lesions_keep_their_labels_where_asked():
    u = affine_to_field(np.eye(4), GRID, GRID)
    tumor = torch.zeros(SHAPE, dtype=torch.int32)
    tumor[10:15, 10:15, 10:15], tumor[15:20, 10:15, 10:15] = 4, 9
    both = Scan(GRID, tumor=image(tumor), organ=scan(7).organ)

    by_label = measure(u, fixed=both, moving=both, lesions=LesionIdentity.LABELS)
    by_piece = measure(u, fixed=both, moving=both)

    assert [lesion.label for lesion in by_label.tumor.stsr.lesions] == [4, 9]
    assert [x.fixed_label for x in by_label.volume_changes] == [4, 9]
    assert [lesion.label for lesion in by_piece.tumor.stsr.lesions] == [1]


def test_a_flipped_moving_grid_does_not_look_folded():
    moving = Grid(SHAPE, (1.0, 1.0, 1.5), (0.0, 0.0, 78.0), ((0, 0, 1), (0, 1, 0), (-1, 0, 0)))
    u = affine_to_field(np.eye(4), GRID, moving)

    figures = field_figures(u, fixed_grid=GRID, moving_grid=moving)

    assert figures.folded_voxels == 0
    assert figures.median_determinant == pytest.approx(1, abs=1e-5)
    assert figures.largest_displacement_mm == pytest.approx(0, abs=1e-3)


def test_displacements_are_in_millimetres():
    u = torch.zeros(3, *SHAPE)
    u[0] = 3

    figures = field_figures(u, fixed_grid=GRID, moving_grid=GRID)

    assert figures.mean_displacement_mm == pytest.approx(6)


def test_images_off_the_grid_are_refused_with_a_sentence():
    with pytest.raises(ValueError, match="Resample the organ to the grid of its scan first"):
        Scan(Grid(SHAPE), organ=scan(7).organ)
