"""The organ of a scan, found without help."""

import pytest
import torch

from vpreg.fields.sampling import voxel_coordinates
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.masks.foreground import find_foreground


def distance(shape, centre, spacing_mm):
    offset = voxel_coordinates(shape) - torch.tensor(centre).view(3, 1, 1, 1)
    return (offset * torch.tensor(spacing_mm).view(3, 1, 1, 1)).square().sum(0).sqrt()


@pytest.mark.parametrize(
    ("shape", "spacing_mm"), [((48, 48, 48), (1.5, 1.5, 1.5)), ((16, 48, 48), (4.5, 1.5, 1.5))]
)
def test_a_ball_with_a_hole_is_found_whole_without_what_lies_beside_it(shape, spacing_mm):
    middle = [(n - 1) / 2 for n in shape]
    reach = distance(shape, middle, spacing_mm)
    picture = torch.where(reach < 24, 0.6, 0.02)
    picture[reach < 8] = 0.0
    speck = distance(shape, [1.0, 3.0, 3.0], spacing_mm) < 3
    picture[speck] = 1.0

    mask = find_foreground(Image(picture, Grid(shape, spacing_mm))).voxels

    assert set(mask.unique().tolist()) == {0.0, 1.0}
    assert mask[reach < 23].min() == 1
    # The threshold is that of air: the border lies up to one and a half working voxels outside.
    assert reach[mask > 0].max() < 24 + 4.5
    assert mask[speck].max() == 0


def test_an_empty_scan_is_refused_with_a_sentence():
    dark = Image(torch.full((20, 20, 20), 0.05), Grid((20, 20, 20)))

    with pytest.raises(ValueError, match=r"^Give an organ mask: nothing in the scan stands out"):
        find_foreground(dark)
