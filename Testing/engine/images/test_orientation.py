"""Axes are permuted and flipped without moving a voxel in space."""

from itertools import permutations, product

import numpy as np
import pytest
import SimpleITK
import torch

from vpreg.images.grid import Grid
from vpreg.images.itk import from_itk, to_itk
from vpreg.images.orientation import axes_code, reorient

CODES = [
    "".join(ends[a] for a in order)
    for order in permutations(range(3))
    for ends in product("LR", "PA", "SI")
]


def test_the_identity_in_itk_is_lps():
    assert axes_code(Grid((2, 3, 4))) == "LPS"


@pytest.mark.parametrize("code", CODES)
def test_reorienting_agrees_with_itk(scan, code):
    turned = reorient(scan, code)

    reference = from_itk(SimpleITK.DICOMOrient(to_itk(scan), code))
    assert axes_code(turned.grid) == code
    assert torch.equal(turned.voxels, reference.voxels)
    assert turned.grid.matches(reference.grid, tolerance_mm=1e-9)


@pytest.mark.parametrize("code", ["RAS", "LPS", "PIR", "SAL"])
def test_no_voxel_moves(ramp_mm, oblique_grid, code):
    turned = reorient(ramp_mm(oblique_grid), code)

    torch.testing.assert_close(turned.voxels, ramp_mm(turned.grid).voxels, atol=1e-9, rtol=0)


def test_turning_back_gives_the_same_image(scan):
    back = reorient(reorient(scan, "IRP"), axes_code(scan.grid))

    assert torch.equal(back.voxels, scan.voxels)
    assert back.grid.spacing_mm == scan.grid.spacing_mm
    assert back.grid.direction == scan.grid.direction
    np.testing.assert_allclose(back.grid.origin_lps, scan.grid.origin_lps, atol=1e-12)


def test_labels_keep_their_type(labels):
    assert reorient(labels, "RAS").voxels.dtype is torch.int32


def test_a_grid_between_two_axes_still_gets_each_axis_once():
    half = 2**-0.5
    direction = ((0.0, half, half), (0.0, half, -half), (1.0, 0.0, 0.0))

    code = axes_code(Grid((2, 3, 4), direction=direction))

    assert len(set(code)) == 3
    assert all(set(code) & set(pair) for pair in ("LR", "PA", "SI"))


@pytest.mark.parametrize("axes", ["LLS", "LP", "LPSA", "XYZ", ""])
def test_a_name_of_no_axes_is_refused(scan, axes):
    with pytest.raises(ValueError, match="Name the axes by three letters"):
        reorient(scan, axes)
