"""Small scans in files, to train on."""

import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.writing import write_image
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.augmentation_settings import AugmentationSettings
from vpreg.training.data.data_settings import Alignment, DataSettings, DataSource

SHAPE = (32, 40, 36)
GRID = Grid(SHAPE, (2.0, 2.0, 2.0))
HOME = (24, 32, 28)


def head(seed=0, *, grid=GRID, shift_mm=(0.0, 0.0, 0.0), radii_mm=(22.0, 28.0, 25.0)):
    """Make a textured ellipsoid around the middle of a grid, and the labels 1 and 2 in it."""
    middle = [(n - 1) / 2 * s for n, s in zip(grid.shape, grid.spacing_mm, strict=True)]
    lines = [torch.arange(n) * s for n, s in zip(grid.shape, grid.spacing_mm, strict=True)]
    places = torch.meshgrid(*lines, indexing="ij")
    unit = [(p - m - d) / r for p, m, d, r in zip(places, middle, shift_mm, radii_mm, strict=True)]
    reach = sum(x.square() for x in unit).sqrt()
    noise = smooth_noise(Randomness(seed, "cpu"), grid.shape, spacing_voxels=4.0)[0]
    grey = (100 + 12 * noise).clamp(50, 150) + 40 * (reach < 0.5)
    labels = (reach < 1).int() + (reach < 0.5).int()
    return Image(grey * (reach < 1), grid), Image(labels, grid)


def write_scans(folder, count, *, labels=True):
    """Write scans of other textures, and their labels, as a folder to train on."""
    (folder / "scans").mkdir(parents=True)
    (folder / "labels").mkdir()
    for number in range(count):
        scan, tissue = head(number, radii_mm=(22.0, 28.0, 24.0 + number))
        write_image(scan, folder / "scans" / f"p{number}.nii.gz")
        if labels:
            write_image(tissue, folder / "labels" / f"p{number}.nii.gz")
    return folder


def settings_of(scans, **changes):
    """Return settings for a small home grid and no variation, without alignment."""
    chosen = {
        "home_shape": HOME,
        "home_spacing_mm": (2.0, 2.0, 2.0),
        "home_axes": "SPL",
        "alignment": Alignment.NONE,
        "validation_share": 0.0,
        "augmentation": AugmentationSettings.none(),
        **changes,
    }
    return DataSettings(source=DataSource.SCANS, scans=str(scans), **chosen)


def tensors(pair):
    """Return the tensors of a pair by name."""
    return {name: value for name, value in vars(pair).items() if isinstance(value, torch.Tensor)}


def assert_same(first, second):
    """Compare two pairs bit for bit."""
    one, other = tensors(first), tensors(second)
    assert first.names == second.names
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
