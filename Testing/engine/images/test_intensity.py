"""Grey values are brought into [0, 1]."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.intensity import intensity_limits, normalise
from vpreg.images.percentiles import _between, percentiles
from vpreg.images.preset_choice import guess_preset
from vpreg.images.presets import load_preset, preset_names
from vpreg.images.reading import read_image


def _image(voxels, spacing_mm=(1.0, 1.0, 1.0)):
    return Image(voxels, Grid(tuple(voxels.shape), spacing_mm))


@pytest.fixture
def head():
    """Air of 0 to 20 around tissue of 200 to 1000, each value equally often."""
    voxels = torch.linspace(0, 20, 20**3).reshape(20, 20, 20)
    voxels[5:15, 5:15, 5:15] = torch.linspace(200, 1000, 1000).reshape(10, 10, 10)
    return _image(voxels)


def test_a_window_is_linear_between_its_ends_and_clipped_beyond():
    hu = torch.tensor([-1024.0, -175.0, 37.5, 250.0, 3000.0]).reshape(1, 1, 5)

    scaled = normalise(_image(hu), load_preset("liver-ct"))

    assert scaled.voxels.flatten().tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_percentiles_are_those_of_the_tissue(head):
    low, high = intensity_limits(head, load_preset("brain-mr"))

    assert low == pytest.approx(204, abs=0.5)
    assert high == pytest.approx(996, abs=0.5)


def test_air_becomes_zero(head):
    scaled = normalise(head, load_preset("brain-mr"))

    assert scaled.voxels[head.voxels < 100].max() == 0
    assert scaled.voxels.max() == 1


@pytest.mark.parametrize(("scale", "shift"), [(3.0, 0.0), (0.001, -3.6)])
def test_the_unit_of_an_mr_scan_does_not_matter(head, scale, shift):
    preset = load_preset("brain-mr")
    other = head.with_voxels(head.voxels * scale + shift)

    torch.testing.assert_close(
        normalise(other, preset).voxels, normalise(head, preset).voxels, atol=1e-5, rtol=0
    )


def test_a_mask_says_whose_percentiles_count(head):
    mask = torch.zeros(head.grid.shape)
    mask[5:15, 5:15, 5:10] = 1

    low, high = intensity_limits(head, load_preset("brain-mr"), mask=head.with_voxels(mask))

    expected = np.percentile(head.array[mask.numpy() > 0], [0.5, 99.5])
    np.testing.assert_allclose((low, high), expected, rtol=1e-6)


def test_an_empty_mask_is_refused(head):
    empty = head.with_voxels(torch.zeros(head.grid.shape))

    with pytest.raises(ValueError, match="mask with at least one voxel"):
        normalise(head, load_preset("generic"), mask=empty)


def test_a_mask_on_another_grid_is_refused(head):
    mask = Image(torch.ones(head.grid.shape), replace(head.grid, origin_lps=(1.0, 0.0, 0.0)))

    with pytest.raises(ValueError, match="Resample the mask"):
        normalise(head, load_preset("generic"), mask=mask)


def test_a_constant_scan_is_refused():
    with pytest.raises(ValueError, match="Give another scan"):
        normalise(_image(torch.ones(4, 4, 4)), load_preset("generic"))


def test_a_small_flat_object_becomes_one():
    voxels = torch.zeros(20, 20, 20)
    voxels[8:11, 8:11, 8:11] = 7

    assert torch.equal(normalise(_image(voxels), load_preset("generic")).voxels, voxels / 7)


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("dtype", [torch.int16, torch.float32, torch.float64])
def test_every_preset_ends_in_zero_to_one(head, name, dtype):
    scaled = normalise(head.with_voxels(head.voxels.to(dtype)), load_preset(name)).voxels

    assert scaled.dtype is (torch.float64 if dtype is torch.float64 else torch.float32)
    assert 0 <= scaled.min() < scaled.max() <= 1


def test_the_scan_itself_is_not_changed(head):
    before = head.voxels.clone()

    normalise(head, load_preset("brain-mr"))

    assert torch.equal(head.voxels, before)


def test_percentiles_by_rank_agree_with_numpy():
    values = torch.rand(1001, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    ranked = values.sort().values

    for p in (0, 0.5, 37.3, 100):
        expected = np.percentile(values.numpy(), p)
        assert _between(ranked, 1000 * p / 100) == pytest.approx(expected, rel=1e-12)
        assert percentiles(values, [p])[0] == pytest.approx(expected, rel=1e-12)


def test_hounsfield_units_mean_ct():
    hu = torch.full((10, 10, 10), -1000.0)
    hu[2:8, 2:8, 2:8] = 40.0

    assert guess_preset(_image(hu)).name == "abdomen-ct"


def test_much_aerated_lung_means_lung_ct():
    hu = torch.full((10, 10, 10), -1000.0)
    hu[2:8, 2:8, 2:8] = 40.0
    hu[3:7, 3:7, 3:7] = -780.0

    assert guess_preset(_image(hu)).name == "lung-ct"


def test_other_scans_are_brain_mr_if_they_are_no_larger_than_a_head(head):
    large = Image(head.voxels, replace(head.grid, spacing_mm=(20.0, 1.0, 1.0)))

    assert guess_preset(head).name == "brain-mr"
    assert guess_preset(head.with_voxels(head.voxels / 200 - 3.6)).name == "brain-mr"
    assert guess_preset(large).name == "generic"


@pytest.mark.parametrize(
    ("file", "preset"),
    [
        ("crlm-ct/CRLM-CT-1006_ct.nii.gz", "abdomen-ct"),
        ("totalsegmentator-ct/example_ct.nii.gz", "abdomen-ct"),
        ("pyradiomics/lung1_image.nii.gz", "lung-ct"),
        ("brats2013/0001/T1c_subtrMeanDivStd.nii.gz", "brain-mr"),
        ("ixi-dlmuse/IXI012-HH-1211-T1_ds.nii.gz", "brain-mr"),
    ],
)
def test_real_scans_are_recognised(data_folder, file, preset):
    assert guess_preset(read_image(data_folder / file)).name == preset
