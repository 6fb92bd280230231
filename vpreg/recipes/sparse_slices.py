"""From a sparse scan to what of it was measured, on one fine grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vpreg.images.image import Image
from vpreg.images.resampling import resample
from vpreg.masks.acquired_slices import AcquiredSlices, slices_of_grid
from vpreg.masks.slice_confidence import slice_confidence, slice_coverage
from vpreg.masks.slice_detection import detect_slices
from vpreg.masks.slice_mask import check_acquired_mask, slices_of_mask
from vpreg.recipes.sparse_grid import on_slices
from vpreg.recipes.sparse_settings import AcquiredFrom, SparseSettings
from vpreg.solvers.objective import SliceProfile


@dataclass(frozen=True)
class Measured:
    """A scan on a fine grid; `confidence` is how sure a grey value is, `coverage` what was seen.

    `slices` is None where a mask shows no parallel slices; `certainty` belongs to detected ones.
    """

    scan: Image
    confidence: Image
    coverage: Image
    slices: AcquiredSlices | None
    certainty: float | None = None

    @property
    def profile(self) -> SliceProfile | None:
        """How the scan has to be compared."""
        axis = None if self.slices is None else self.slices.axis_in(self.scan.grid)
        if self.slices is None or axis is None:
            return None
        return SliceProfile(axis, self.slices.thickness_mm, self.slices.spacing_mm)


def find_measured(scan: Image, acquired: Image | None, settings: SparseSettings) -> Measured:
    """Find the acquired slices as the settings say; ValueError if they are not to be found."""
    thickness = settings.thickness_mm or None
    if settings.acquired is AcquiredFrom.MASK:
        return _by_mask(scan, acquired, settings)
    if settings.acquired is AcquiredFrom.DETECT:
        found = detect_slices(scan, thickness_mm=thickness)
        return _by_slices(scan, found.slices, settings, certainty=found.certainty)
    return _by_slices(scan, slices_of_grid(scan.grid, thickness_mm=thickness), settings)


def _by_slices(
    scan: Image, slices: AcquiredSlices, settings: SparseSettings, certainty: float | None = None
) -> Measured:
    fine = on_slices(scan, slices, voxel_mm=settings.voxel_mm)
    confidence = slice_confidence(slices, fine.grid)
    return Measured(fine, confidence, slice_coverage(slices, fine.grid), slices, certainty)


def _by_mask(scan: Image, acquired: Image | None, settings: SparseSettings) -> Measured:
    if acquired is None:
        msg = "Give the mask of the acquired slices, or choose another way to find them."
        raise ValueError(msg)
    check_acquired_mask(acquired)
    mask = acquired.with_voxels(acquired.voxels.float() / float(acquired.voxels.max()))
    slices = slices_of_mask(mask, thickness_mm=settings.thickness_mm or None)
    fine = on_slices(scan, slices, voxel_mm=settings.voxel_mm)
    # The mask takes the way of the scan, by linear interpolation (SparseVM; methods §4).
    confidence = resample(mask, fine.grid)
    coverage = confidence if slices is None else slice_coverage(slices, fine.grid)
    return Measured(fine, confidence, coverage, slices)


def slice_figures(measured: Measured, settings: SparseSettings) -> dict[str, Any]:
    """Say in numbers where the slices are and how much of the grid they measured."""
    figures: dict[str, Any] = {
        "acquired": settings.acquired.value,
        "confident_fraction": float(measured.confidence.voxels.mean()),
        "covered_fraction": float(measured.coverage.voxels.mean()),
        "certainty": measured.certainty,
    }
    if measured.slices is not None:
        figures |= {
            "count": measured.slices.count,
            "spacing_mm": measured.slices.spacing_mm,
            "thickness_mm": measured.slices.thickness_mm,
            "normal_lps": list(measured.slices.normal_lps),
        }
    return figures
