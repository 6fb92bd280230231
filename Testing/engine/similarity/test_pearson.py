"""Pearson's correlation against numpy, and trap T17."""

import numpy as np
import torch

from vpreg.similarity.pearson import GlobalPearson


def test_the_value_is_one_minus_numpys_coefficient():
    fixed, warped = torch.rand(2, 5, 6, 7, dtype=torch.float64)

    value, _ = GlobalPearson(fixed).value_and_gradient(warped)

    expected = 1 - np.corrcoef(fixed.flatten(), warped.flatten())[0, 1]
    assert np.isclose(value.item(), expected)


def test_a_weight_works_like_repeating_voxels():
    fixed, warped = torch.rand(2, 1, 1, 6, dtype=torch.float64)
    weight = torch.tensor([[[0.0, 1.0, 0.5, 0.5, 1.0, 1.0]]], dtype=torch.float64)

    value, _ = GlobalPearson(fixed).value_and_gradient(warped, weight=weight)

    repeats = (2 * weight).long().flatten()
    f, w = (x.flatten().repeat_interleave(repeats) for x in (fixed, warped))
    assert np.isclose(value.item(), 1 - np.corrcoef(f, w)[0, 1])


def test_it_stays_a_correlation_when_the_masked_region_is_bright():
    generator = torch.Generator().manual_seed(0)
    fixed, warped = torch.rand(2, 8, 8, 8, generator=generator, dtype=torch.float64)
    weight = torch.ones_like(fixed)
    weight[:4] = 0.01
    fixed[:4] += 1000.0
    warped[:4] += 1000.0

    value, _ = GlobalPearson(fixed).value_and_gradient(warped, weight=weight)

    assert 0.0 <= value <= 2.0


def test_scale_offset_and_sign_of_the_contrast():
    fixed = torch.rand(5, 6, 7, dtype=torch.float64)
    term = GlobalPearson(fixed)

    alike, _ = term.value_and_gradient(3 * fixed - 5)
    opposite, _ = term.value_and_gradient(-fixed)

    torch.testing.assert_close(alike, torch.zeros_like(alike), atol=1e-12, rtol=0)
    torch.testing.assert_close(opposite, torch.full_like(opposite, 2.0))
