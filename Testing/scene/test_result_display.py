"""What is laid over scans has the right colours at the right places."""

from __future__ import annotations

import math

import numpy as np
import pytest
import slicer
from host.slice_layouts import FOUR_UP, SliceLayouts
from VolumePreservingRegLib.scene.colours import (
    BANDS,
    FOLDS_RGB,
    LOG2_LIMIT,
    band_colours,
    size_change_colours,
)
from VolumePreservingRegLib.scene.display_jacobian import display_jacobian, to_log2
from VolumePreservingRegLib.scene.display_mask import display_folds, display_mask

N = 40
BACKGROUND = 80


@pytest.fixture(scope="module")
def layouts(mrml):
    """Return views that stay for the tests of a file, as those of Slicer stay."""
    mrml.scene.Clear(0)
    made = SliceLayouts(mrml.scene, mrml.application_logic, size=(120, 120))
    yield made
    made.close()


@pytest.fixture
def red(scene, layouts):
    """Return the axial view over an empty scene."""
    assert scene.GetNumberOfNodesByClass("vtkMRMLScalarVolumeNode") == 0
    layouts.setLayout(FOUR_UP)
    return layouts.sliceWidget("Red")


def test_the_colours_reach_as_far_for_half_as_for_double_size(loaded):
    for volume in (loaded.nodes.jacobian, loaded.nodes.similarityJacobian):
        display = volume.GetDisplayNode()

        assert display.GetWindowLevelMin() == pytest.approx(-LOG2_LIMIT)
        assert display.GetWindowLevelMax() == pytest.approx(LOG2_LIMIT)
        assert not display.GetAutoWindowLevel()
        assert display.GetColorNode() is size_change_colours(volume.GetScene())


def test_each_band_is_named_by_the_factor_in_its_middle():
    width = 2 * LOG2_LIMIT / len(BANDS)

    for index, name in enumerate(BANDS):
        middle = -LOG2_LIMIT + (index + 0.5) * width
        assert float(name) == pytest.approx(2**middle, rel=0.02)


def test_growth_and_shrink_of_one_factor_are_as_far_from_neutral():
    colours = np.array(band_colours())
    distance = np.linalg.norm(colours - colours[len(BANDS) // 2], axis=1)

    assert np.all(np.diff(distance[len(BANDS) // 2 :]) > 0)
    assert np.all(np.diff(distance[: len(BANDS) // 2 + 1]) < 0)
    assert not np.allclose(colours[0], colours[-1], atol=0.3)


def test_the_legend_says_factors_in_plain_numbers(loaded):
    legend = slicer.modules.colors.logic().GetColorLegendDisplayNode(loaded.nodes.jacobian)
    colours = loaded.nodes.jacobian.GetDisplayNode().GetColorNode()

    assert legend.GetUseColorNamesForLabels()
    assert "after / before" in legend.GetTitleText()
    assert colours.GetColorName(len(BANDS) // 2) == "1"
    # The last band is the largest determinant: tissue is a quarter of its size there.
    last = len(BANDS) - 1
    assert (colours.GetColorName(0), colours.GetColorName(last)) == ("4", "0.25")


def test_only_folds_pass_the_threshold_of_the_folds(loaded):
    display = loaded.nodes.folds.GetDisplayNode()

    assert display.GetApplyThreshold()
    assert display.GetLowerThreshold() == 0.5
    assert not display.GetInterpolate()


def test_the_aligned_scan_is_shown_with_the_window_of_the_follow_up(loaded):
    like = loaded.moving.GetDisplayNode()

    for volume in (loaded.nodes.alignedVolume, loaded.nodes.similarityAligned):
        display = volume.GetDisplayNode()
        assert display.GetWindow() == like.GetWindow()
        assert display.GetLevel() == like.GetLevel()


@pytest.mark.parametrize("factor", [0.25, 0.5, 0.8, 1.25, 2.0, 4.0])
def test_a_view_shows_the_colour_of_a_factor_and_leaves_the_rest_as_it_is(red, factor):
    determinant = np.ones((N, N, N), dtype=np.float32)
    determinant[:, :, : N // 2] = factor
    picture = laid_over(red, determinant, show_jacobian)

    left, right = sides(picture)

    expected = band_colours()[BANDS.index(f"{factor:g}")]
    assert np.abs(left - 255 * np.array(expected)).max() <= 2
    assert np.abs(right - BACKGROUND).max() <= 2  # size kept: the scan itself


def test_a_fold_has_the_strongest_colour_of_growth(red):
    determinant = np.full((N, N, N), -0.5, dtype=np.float32)
    picture = laid_over(red, determinant, show_jacobian)

    left, _ = sides(picture)

    assert np.abs(left - 255 * np.array(band_colours()[0])).max() <= 2


def test_folds_are_shown_and_nothing_else(red):
    folds = np.zeros((N, N, N), dtype=np.uint8)
    folds[:, :, : N // 2] = 1
    picture = laid_over(red, folds, display_folds)

    left, right = sides(picture)

    assert np.abs(left - 255 * np.array(FOLDS_RGB)).max() <= 2
    assert np.abs(right - BACKGROUND).max() <= 2


def test_a_likely_tumor_shines_and_unlikely_places_are_clear(red):
    mask = np.zeros((N, N, N), dtype=np.float32)
    mask[:, :, : N // 2] = 1.0
    picture = laid_over(red, mask, display_mask)

    left, right = sides(picture)

    assert left[0] > 240
    assert left[2] < 120
    assert np.abs(right - BACKGROUND).max() <= 2


def test_the_factor_of_a_plain_number_lies_in_the_band_of_its_name():
    for name in BANDS:
        place = (math.log2(float(name)) + LOG2_LIMIT) / (2 * LOG2_LIMIT) * len(BANDS)
        assert BANDS[int(place)] == name


def show_jacobian(volume):
    """Treat determinants as a result's are treated; the legend stays out of the picture."""
    to_log2(volume)
    display_jacobian(volume)
    legend = slicer.modules.colors.logic().GetColorLegendDisplayNode(volume)
    legend.SetVisibility(False)


def laid_over(red, voxels, display):
    """Return the picture of an axial view with voxels over an even scan."""
    even = np.full((N, N, N), BACKGROUND, dtype=np.float32)
    back, over = (slicer.util.addVolumeFromArray(each) for each in (even, voxels))
    back.CreateDefaultDisplayNodes()
    back.GetDisplayNode().AutoWindowLevelOff()
    back.GetDisplayNode().SetWindowLevelMinMax(0, 255)
    display(over)
    composite = red.mrmlSliceCompositeNode()
    composite.SetBackgroundVolumeID(back.GetID())
    composite.SetForegroundVolumeID(over.GetID())
    composite.SetForegroundOpacity(1.0)
    red.fitSliceToBackground()
    return red.sliceView().picture()


def sides(picture):
    """Return the median colours of the half with the lower indices i, and of the other one."""
    half = [picture[40:80, 25:50], picture[40:80, 70:95]]
    right, left = sorted(half, key=lambda part: np.abs(np.median(part, (0, 1)) - BACKGROUND).sum())
    return np.median(left, (0, 1)), np.median(right, (0, 1))
