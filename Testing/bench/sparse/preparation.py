"""What all methods of a case share: the thick scan and one affine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sparse.cases import SparseCase
from sparse.thinning import Protocol, draw_slices, thin
from vpreg.images.image import Image
from vpreg.images.reading import read_image
from vpreg.images.writing import write_image
from vpreg.progress import Silent
from vpreg.recipes.prepare import normalise_scan
from vpreg.recipes.sparse_settings import SparseSettings
from vpreg.recipes.sparse_slices import Measured, find_measured
from vpreg.solvers.affine import AffineKind, align_affine


@dataclass(frozen=True)
class Shared:
    """The thick scan of a case, the atlas, and the affine from scan to atlas (LPS mm)."""

    thick: Image
    atlas: Image
    affine_lps: np.ndarray
    settings: SparseSettings

    def measured(self) -> Measured:
        """Return the scan interpolated onto the fine grid, which is what all methods register."""
        return find_measured(self.thick, None, self.settings)


def share(case: SparseCase, folder: Path, protocol: Protocol) -> Shared:
    """Thin the scan and align the atlas, or read what an earlier run left in the folder."""
    scan_file, affine_file = folder / f"{case.name}.nii.gz", folder / f"{case.name}.txt"
    settings = SparseSettings(thickness_mm=protocol.thickness_mm, voxel_mm=case.voxel_mm)
    atlas = read_image(case.scan_of(case.moving))
    if not affine_file.is_file():
        scan = read_image(case.scan_of(case.fixed))
        thick = thin(scan, draw_slices(scan.grid, protocol, seed=case.seed), protocol)
        write_image(thick, scan_file)
        fine = find_measured(read_image(scan_file), None, settings).scan
        fixed, moving = (normalise_scan(image, "brain-mr") for image in (fine, atlas))
        found = align_affine(fixed, moving, kind=AffineKind.AFFINE, progress=Silent())
        np.savetxt(affine_file, found.matrix_lps)
    return Shared(read_image(scan_file), atlas, np.loadtxt(affine_file), settings)
