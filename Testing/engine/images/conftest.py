"""Images and folders that the tests of this room share."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.spatial.transform import Rotation

from vpreg.images.grid import Grid
from vpreg.images.image import Image


@pytest.fixture
def oblique_grid():
    turn = Rotation.from_euler("xyz", [11, -17, 33], degrees=True).as_matrix()
    direction = turn[:, ::-1]
    return Grid(
        shape=(9, 14, 17),
        spacing_mm=(2.3, 1.1, 0.7),
        origin_lps=(10.1, -20.2, 30.3),
        direction=tuple(map(tuple, direction.tolist())),
    )


@pytest.fixture
def scan(oblique_grid):
    values = torch.rand(oblique_grid.shape, generator=torch.Generator().manual_seed(3))
    return Image(values * 100, oblique_grid)


@pytest.fixture
def labels(oblique_grid):
    values = torch.randint(0, 5, oblique_grid.shape, generator=torch.Generator().manual_seed(4))
    return Image(values.to(torch.int32), oblique_grid)


@pytest.fixture
def data_folder():
    beside = Path(__file__).parents[4] / "shared" / "data"
    folder = Path(os.environ.get("VPREG_DATA", beside))
    if not folder.is_dir():
        pytest.skip(f"no real scans: {folder} is missing (set VPREG_DATA)")
    return folder


@pytest.fixture
def ramp_mm():
    """Make an image whose value is a linear function of the place in millimetres."""

    def make(grid, dtype=torch.float64):
        index = np.stack([*np.indices(grid.shape), np.ones(grid.shape)])
        x, y, z, _ = np.einsum("ab,bkji->akji", grid.voxel_to_lps, index)
        return Image(torch.from_numpy(0.3 * x - 0.5 * y + 0.2 * z + 7.0).to(dtype), grid)

    return make
