"""Terms that see as thick slices do."""

import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.similarity.local_ncc import LocalNcc
from vpreg.similarity.mean_squares import MeanSquares
from vpreg.similarity.mind import MindSsc
from vpreg.similarity.mutual_information import MutualInformation
from vpreg.solvers.level import plan_level
from vpreg.solvers.objective import SliceProfile
from vpreg.solvers.slice_profile import force_reach_mm, profile_matrix, seen_by_slices

SHAPE = (14, 9, 10)
LEVEL = plan_level(Grid(SHAPE), 1, 1.0)
PROFILE = SliceProfile(axis=0, thickness_mm=4.0, spacing_mm=5.0)
TERMS = {
    "local": lambda f: LocalNcc(f, radius_voxels=2),
    "squares": MeanSquares,
    "mind": lambda f: MindSsc(f, across=0),
    "information": lambda f: MutualInformation(f, bins=12, warped_range=(-4.0, 4.0)),
}


def noise(seed):
    return torch.randn(SHAPE, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def planes():
    weight = torch.zeros(SHAPE, dtype=torch.float64)
    weight[2::5] = 1.0
    weight[3::5] = 0.25
    return weight


@pytest.fixture(params=TERMS.values(), ids=TERMS.keys())
def make_term(request):
    return request.param


def test_the_gradient_is_that_of_finite_differences(make_term):
    fixed, warped, weight = noise(1), 0.5 * noise(1) + noise(2), planes()
    term = seen_by_slices(make_term(fixed), PROFILE, LEVEL)

    _, gradient = term.value_and_gradient(warped, weight=weight)

    for at in [(0, 0, 0), (2, 4, 5), (4, 8, 9), (5, 3, 3), (13, 1, 7)]:
        step = torch.zeros_like(warped)
        step[at] = 1e-6
        up, down = (term.value_and_gradient(warped + s, weight=weight)[0] for s in (step, -step))
        torch.testing.assert_close(gradient[at], (up - down) / 2e-6, rtol=1e-4, atol=1e-8)


def test_invented_slices_of_the_fixed_scan_change_nothing(make_term):
    fixed, warped, weight = noise(1), noise(2), planes()
    invented = torch.where(weight == 0, fixed.mean(), fixed)
    # The bins of the histogram span the fixed image: its range stays.
    invented[0, 0, 0], invented[0, 0, 1] = fixed.min(), fixed.max()

    own = seen_by_slices(make_term(fixed), PROFILE, LEVEL)
    other = seen_by_slices(make_term(invented), PROFILE, LEVEL)

    torch.testing.assert_close(
        other.value_and_gradient(warped, weight=weight),
        own.value_and_gradient(warped, weight=weight),
        rtol=1e-9,
        atol=1e-12,
    )


def test_a_slice_is_a_mean_over_its_thickness():
    warped = noise(3)
    seen = []

    class Spy:
        def value_and_gradient(self, warped, **_rest):
            seen.append(warped)
            return warped.sum(), torch.ones_like(warped)

    seen_by_slices(Spy(), PROFILE, LEVEL).value_and_gradient(warped)

    # Four millimetres around plane 6: three whole planes and half of either neighbour.
    expected = (warped[5:8].sum(0) + 0.5 * (warped[4] + warped[8])) / 4
    torch.testing.assert_close(seen[0][6], expected)


def test_a_profile_no_thicker_than_a_voxel_changes_nothing():
    torch.testing.assert_close(profile_matrix(6, 0.5), torch.eye(6, dtype=torch.float64))


def test_without_a_profile_the_term_is_as_it_was():
    term = MeanSquares(noise(1))

    assert seen_by_slices(term, None, LEVEL) is term
    assert force_reach_mm(None) == (0.0, 0.0, 0.0)


def test_the_force_reaches_across_the_slices_only():
    k, j, i = force_reach_mm(PROFILE)

    assert 1.0 < k < 2.5
    assert (j, i) == (0.0, 0.0)


def test_mind_across_slices_has_nothing_to_compare_on_single_planes():
    """Why it has to stay inside the planes: no patch sees two slices of a sparse scan."""
    fixed, warped, weight = noise(1), noise(2), torch.zeros(SHAPE, dtype=torch.float64)
    weight[2::7] = 1.0

    across, _ = MindSsc(fixed).value_and_gradient(warped, weight=weight)
    inside, _ = MindSsc(fixed, across=0).value_and_gradient(warped, weight=weight)

    assert across == 0
    assert inside > 0.01
