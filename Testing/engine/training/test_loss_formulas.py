"""Each part of the loss against its formula, spelled out plainly in double precision."""

import itertools
import math

import pytest
import torch

from Testing.engine.training.loss_cases import SHAPE, scaling, texture, wavy
from vpreg.fields.warp import warp
from vpreg.training.loss.affine_loss import EPSILON, affine_loss, orthogonality_loss
from vpreg.training.loss.loss_kinds import AcquiredUse, SimilarityKind, VolumeForm
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.prior_loss import prior_loss
from vpreg.training.loss.similarity_loss import similarity_loss
from vpreg.training.loss.similarity_weight import similarity_weight
from vpreg.training.loss.volume_loss import volume_loss


def slope_of(loss, u):
    (slope,) = torch.autograd.grad(loss, u)
    return slope


def plain_pearson(fixed, warped, w):
    share = w / w.sum()
    f, m = fixed - (share * fixed).sum(), warped - (share * warped).sum()
    spread = ((share * f * f).sum() * (share * m * m).sum()).sqrt()
    return 1 - (share * f * m).sum() / spread


def plain_paper_pearson(fixed, warped, w):
    f, m = fixed - fixed.mean(), warped - warped.mean()
    spread = ((f.square().mean() + 1e-6) * (m.square().mean() + 1e-6)).sqrt()
    return 1 - (f * m * w).mean() / (spread * w.mean())


def plain_squares(fixed, warped, w):
    return (w * (fixed - warped).square()).sum() / w.sum()


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (SimilarityKind.MEAN_SQUARES, plain_squares),
        (SimilarityKind.GLOBAL_PEARSON, plain_pearson),
        (SimilarityKind.PAPER_PEARSON, plain_paper_pearson),
    ],
)
def test_a_weighted_similarity_and_its_slope_are_those_of_the_formula(kind, plain):
    fixed, moving, weight = texture(seed=1), texture(seed=2), texture(seed=3, smooth=0)
    u = wavy().requires_grad_()

    own = similarity_loss(fixed, warp(moving, u), kind=kind, windows_voxels=(9,), weight=weight)
    expected = plain(fixed, warp(moving, u), weight)

    torch.testing.assert_close(own, expected)
    torch.testing.assert_close(slope_of(own, u), slope_of(expected, u))


@pytest.mark.parametrize("kind", SimilarityKind)
def test_every_similarity_falls_along_its_negative_slope(kind):
    shape = (14, 14, 14)
    fixed, moving = texture(shape, seed=1), texture(shape, seed=2)
    warped = (0.7 * moving + 0.3 * fixed).requires_grad_()

    def loss(x):
        return similarity_loss(fixed, x, kind=kind, windows_voxels=(3, 5))

    slope = slope_of(loss(warped), warped)
    step = 1e-4 / slope.abs().max()

    assert loss((warped - step * slope).detach()) < loss(warped.detach())


def test_the_pyramid_counts_each_coarser_scale_half():
    shape = (16, 16, 16)
    fixed, warped = texture(shape, seed=1), texture(shape, seed=2)

    def one(f, w, window):
        return similarity_loss(f, w, kind=SimilarityKind.LOCAL_NCC, windows_voxels=(window,))

    def pool(x):
        return torch.nn.functional.avg_pool3d(x[None], 3, 2, 1, count_include_pad=False)[0]

    own = similarity_loss(fixed, warped, kind=SimilarityKind.LOCAL_NCC, windows_voxels=(3, 5, 7))
    f2, w2 = pool(fixed), pool(warped)
    expected = one(fixed, warped, 7) + one(f2, w2, 5) / 2 + one(pool(f2), pool(w2), 3) / 4

    torch.testing.assert_close(own, expected)


def plain_paper_volume(u, mask, organ):
    steps = [(u - u.roll(1, dims=a + 1))[:, 1:, 1:, 1:] for a in range(3)]
    jacobian = torch.stack(steps, dim=1)
    eye = torch.eye(3, dtype=u.dtype).view(3, 3, 1, 1, 1)
    det = torch.linalg.det((jacobian + eye).permute(2, 3, 4, 0, 1))
    ratio = (warp(organ, u.detach()) > 0.5).sum() / (organ > 0.5).sum()
    d = (det.abs() * ratio).clamp(1 / 3, 3)
    v = torch.nn.functional.interpolate(
        mask[None, None], size=[n - 1 for n in mask.shape], mode="trilinear", align_corners=False
    )[0, 0]
    return (torch.maximum(d, 1 / d) * v).sum() / v.sum()


def test_the_published_volume_term_and_its_slope_are_those_of_the_formula():
    organ = torch.zeros(SHAPE, dtype=torch.float64)
    organ[1:6, 1:7, 1:8] = 1
    mask = texture(seed=4) * organ
    u = (wavy(amplitude=0.6) + scaling(1.2)).requires_grad_()

    own = volume_loss(u, warped_mask=mask, moving_organ=organ, form=VolumeForm.PAPER)
    expected = plain_paper_volume(u, mask, organ)

    torch.testing.assert_close(own, expected)
    torch.testing.assert_close(slope_of(own, u), slope_of(expected, u))


def test_the_own_volume_term_of_a_uniform_stretch_by_hand():
    # The organ fills both images, so r is one and ln d = 3 ln .9 everywhere.
    everywhere = torch.ones(SHAPE, dtype=torch.float64)

    own = volume_loss(
        scaling(0.9), warped_mask=everywhere, moving_organ=everywhere, form=VolumeForm.LOGARITHM
    )

    assert float(own) == pytest.approx(math.hypot(3 * math.log(0.9), 0.05) - 0.05)


@pytest.mark.parametrize("form", VolumeForm)
def test_an_empty_mask_gives_zero_and_a_slope_of_zero(form):
    u = wavy().requires_grad_()
    nothing = torch.zeros(SHAPE, dtype=torch.float64)

    own = volume_loss(u, warped_mask=nothing, moving_organ=nothing, form=form)

    assert float(own.detach()) == 0
    assert torch.equal(slope_of(own, u), torch.zeros_like(u))


def test_a_turn_costs_an_affine_stem_nothing():
    angle = 0.3
    turn = torch.eye(3, dtype=torch.float64)
    turn[:2, :2] = torch.tensor(
        [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    )
    # In units of half an axis, of axes of 8, 16 and 4 voxels.
    half = torch.tensor([4.0, 8.0, 2.0], dtype=torch.float64)
    unit = turn * half[None, :] / half[:, None] - torch.eye(3, dtype=torch.float64)
    affine = torch.cat([unit, torch.rand(3, 1, dtype=torch.float64)], dim=1)

    found = affine_loss(affine, (8, 16, 4))

    assert float(found) == pytest.approx(0, abs=1e-6)


def test_orthogonality_by_eigenvalues():
    matrix = torch.eye(3, dtype=torch.float64) + 0.2 * torch.randn(
        3, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64
    )
    values = torch.linalg.eigvalsh(matrix.T @ matrix) + EPSILON

    s2 = sum(a * b for a, b in itertools.combinations(values, 2))
    expected = values.sum() + (1 + EPSILON) ** 2 * s2 / values.prod() - 6 * (1 + EPSILON)

    torch.testing.assert_close(orthogonality_loss(matrix), expected)


def test_a_stretch_of_an_affine_stem_by_hand():
    affine = torch.zeros(3, 4, dtype=torch.float64)
    affine[0, 0] = 0.1

    found = affine_loss(affine, (4, 4, 4))

    # Squares 1.21, 1, 1: s1 = 3.21, s2 = 3.42, s3 = 1.21; the determinant is 1.1.
    assert float(found) == pytest.approx(3.21 + 3.42 / 1.21 - 6 + 0.5 * 0.1**2, abs=1e-4)


def test_the_prior_by_counting_neighbours():
    mean, log_variance = wavy((3, 4, 5)), wavy((3, 4, 5), seed=6)
    inside = torch.nn.functional.pad(torch.ones(1, 1, 3, 4, 5, dtype=torch.float64), [1] * 6)
    cross = torch.zeros(1, 1, 3, 3, 3, dtype=torch.float64)
    for a, b, c in [(0, 1, 1), (2, 1, 1), (1, 0, 1), (1, 2, 1), (1, 1, 0), (1, 1, 2)]:
        cross[0, 0, a, b, c] = 1
    count = torch.nn.functional.conv3d(inside, cross)[0]

    uneven = sum(mean.diff(dim=a).square().mean() for a in (1, 2, 3)) / 6
    certain = (25 * count * log_variance.exp() - log_variance).mean()
    expected = 1.5 * (certain + 25 * uneven)

    torch.testing.assert_close(prior_loss(mean, log_variance, prior_lambda=25), expected)


def test_acquired_shares_count_softly_or_by_their_support():
    share = torch.tensor([0.0, 0.2, 0.6, 1.0]).view(4, 1, 1).expand(4, 4, 4).contiguous()
    still = torch.zeros(3, 4, 4, 4)

    def found(use):
        settings = LossSettings(acquired=use, support_threshold=0.3)
        return similarity_weight(still, settings, fixed_acquired=share)

    torch.testing.assert_close(found(AcquiredUse.SOFT), share)
    torch.testing.assert_close(found(AcquiredUse.SUPPORT), (share > 0.3).float())
    assert found(AcquiredUse.IGNORED) is None


def test_the_moving_share_follows_the_field_and_the_mask_takes_away():
    acquired = torch.zeros(4, 4, 4)
    acquired[:2] = 1
    shift = torch.zeros(3, 4, 4, 4)
    shift[0] = 1.0
    mask = torch.full((4, 4, 4), 0.25)

    weight = similarity_weight(shift, LossSettings(), moving_acquired=acquired, warped_mask=mask)

    torch.testing.assert_close(weight[:, 0, 0], torch.tensor([0.75, 0.0, 0.0, 0.0]))
