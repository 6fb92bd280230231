"""What stage 1 starts from."""

import pytest
import torch

from vpreg.fields.warp import warp
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.register import register
from vpreg.recipes.settings import Recipe, Settings
from vpreg.recipes.start_kind import StartKind
from vpreg.solvers.affine_kind import AffineKind
from vpreg.solvers.pair_settings import PairSettings

GRID = Grid((40, 44, 48), (3.0, 3.0, 3.0))


@pytest.fixture(scope="module")
def scans():
    """A body of tissue in air, in Hounsfield units, and the same shifted by 15 mm."""
    noise = torch.randn(GRID.shape, generator=torch.Generator().manual_seed(1))
    tissue = gaussian_smooth(noise, [2.0] * 3).mul_(900.0).clamp_(-150.0, 150.0)
    body = torch.full(GRID.shape, -1000.0)
    body[8:32, 8:36, 8:40] = tissue[8:32, 8:36, 8:40]
    shift = torch.tensor([0.0, 5.0, 0.0]).view(3, 1, 1, 1).expand(3, *GRID.shape)
    moved = warp(body + 1000.0, shift.contiguous()) - 1000.0
    return Image(body, GRID), Image(moved, GRID)


def first_field(scans, start, *, preset="abdomen-ct"):
    settings = Settings(
        recipe=Recipe.SIMILARITY,
        start=start,
        preset=preset,
        affine=AffineKind.NONE,
        similarity=PairSettings(factors=(2,), field_factors=(1.0,), iterations=(0,)),
    )
    return register(Inputs(*scans), settings=settings).final.u


def test_the_coupled_convex_start_finds_a_large_motion_by_itself(scans):
    found = first_field(scans, StartKind.CONVEX)

    assert float(found[1, 16:24, 20:26, 20:28].median()) == pytest.approx(-5.0, abs=1.0)


def test_the_affine_start_has_no_field(scans):
    assert not first_field(scans, StartKind.AFFINE).any()


def test_ct_starts_from_the_coupled_convex_field_and_mr_does_not(scans):
    assert torch.equal(first_field(scans, StartKind.AUTO), first_field(scans, StartKind.CONVEX))
    assert not first_field(scans, StartKind.AUTO, preset="brain-mr").any()
