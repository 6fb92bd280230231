"""What lies beyond a scan is air, whatever number that is."""

import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.outside import value_outside


@pytest.mark.parametrize(
    ("lowest", "outside"), [(-1000.0, -1000.0), (-3024.0, -1024.0), (0.0, 0.0), (-3.2, 0.0)]
)
def test_only_ct_has_air_below_zero(lowest, outside):
    voxels = torch.zeros(4, 4, 4)
    voxels[0, 0, 0] = lowest

    assert value_outside(Image(voxels, Grid((4, 4, 4)))) == outside
