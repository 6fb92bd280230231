"""Slices found in scans that were interpolated between them."""

import pytest
import torch

from Testing.engine.sparse.thick_scans import anatomy, interpolated
from vpreg.masks.slice_detection import LEAST_CERTAINTY, detect_slices

SHAPE = (44, 46, 48)


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize(("period", "first"), [(7, 3.0), (6.5, 1.25), (4, 0.5), (3, 2.0), (2, 1.0)])
def test_period_and_phase_are_found_along_any_axis(axis, period, first):
    scan = anatomy(SHAPE)
    scan = scan.with_voxels(interpolated(scan.voxels, axis, period, first))

    found = detect_slices(scan)

    assert found.axis == axis
    assert found.period_voxels == pytest.approx(period, abs=0.03)
    phase = (found.first_voxel - first + period / 2) % period - period / 2
    assert abs(phase) < 0.12
    assert found.certainty > 0.95


@pytest.mark.parametrize("share", [0.02, 0.05])
def test_noise_that_came_later_leaves_the_slices_in_place(share):
    scan = anatomy(SHAPE)
    blurred = interpolated(scan.voxels, 1, 5, 2.0)
    noise = (
        torch.randn(SHAPE, generator=torch.Generator().manual_seed(1)) * share * scan.voxels.std()
    )

    found = detect_slices(scan.with_voxels(blurred + noise))

    assert (found.axis, round(found.period_voxels)) == (1, 5)
    assert abs(found.first_voxel - 2.0) < 0.1
    assert LEAST_CERTAINTY < found.certainty < 1.0


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_scan_that_was_measured_everywhere_is_refused(seed):
    with pytest.raises(ValueError, match="as it came from the scanner"):
        detect_slices(anatomy(SHAPE, seed=seed))


def test_noise_alone_is_refused():
    scan = anatomy(SHAPE)
    noise = torch.randn(SHAPE, generator=torch.Generator().manual_seed(2))

    with pytest.raises(ValueError, match="cannot be told from what was interpolated"):
        detect_slices(scan.with_voxels(noise))


def test_slices_that_were_only_repeated_are_refused():
    """Their bends lie between slices: taken for slices, they would be half a period off."""
    scan = anatomy(SHAPE)
    repeated = scan.voxels[3::6].repeat_interleave(6, 0)[: SHAPE[0]]
    padded = torch.cat([repeated, repeated[-1:].expand(SHAPE[0] - len(repeated), -1, -1)])

    with pytest.raises(ValueError, match="cannot be told"):
        detect_slices(scan.with_voxels(padded))


def test_a_constant_scan_is_refused():
    scan = anatomy(SHAPE)

    with pytest.raises(ValueError, match="certainty 0 %"):
        detect_slices(scan.with_voxels(torch.ones(SHAPE)))


def test_positions_and_thickness_are_in_millimetres():
    scan = anatomy(SHAPE, spacing_mm=(0.8, 1.0, 1.0))
    scan = scan.with_voxels(interpolated(scan.voxels, 0, 5, 2.0))

    slices = detect_slices(scan, thickness_mm=3.0).slices

    assert slices.spacing_mm == pytest.approx(4.0, abs=0.02)
    assert slices.first_mm == pytest.approx(1.6, abs=0.1)
    assert slices.thickness_mm == 3.0
    assert slices.count == 9
