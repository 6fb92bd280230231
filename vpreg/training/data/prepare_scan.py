"""Read one scan and its maps, and prepare them as they are when a network is used."""

from __future__ import annotations

import torch

from vpreg.images.cropping import Box, bounding_box, crop
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.reading import read_image, read_labels
from vpreg.masks.foreground import find_foreground
from vpreg.masks.slice_mask import check_acquired_mask
from vpreg.networks.home_grid import HomeGrid
from vpreg.recipes.prepare import MARGIN_MM, find_organ, normalise_scan
from vpreg.training.data.home_over import home_over, part_around
from vpreg.training.data.prepared_scan import PreparedScan
from vpreg.training.data.scan_entry import Role, ScanEntry


def prepare_scan(entry: ScanEntry, *, preset: str, home: HomeGrid) -> PreparedScan:
    """Read, check, normalise and cut a scan; ValueError says what to do about one file."""
    scan = normalise_scan(read_image(entry.scan), preset)
    organ = find_organ(scan, _map_of(entry, Role.ORGAN, scan.grid))
    box = _box_of_body(scan, organ)
    cut = crop(scan, box)
    laid = home_over(cut, home, organ=crop(organ, box))
    return PreparedScan(
        scan=cut.with_voxels(cut.voxels.to(torch.float16)),
        organ=_cut(organ, box, torch.uint8),
        home=laid,
        around=part_around(scan.grid, laid),
        labels=_cut_labels(_map_of(entry, Role.LABELS, scan.grid), box),
        acquired=_cut_acquired(_map_of(entry, Role.ACQUIRED, scan.grid), box),
        tumor=_cut_labels(_map_of(entry, Role.TUMOR, scan.grid), box),
    )


def _map_of(entry: ScanEntry, role: Role, grid: Grid) -> Image | None:
    """Read a map that lies on the grid of its scan."""
    path = entry.path_of(role)
    if path is None:
        return None
    if role is Role.ACQUIRED:
        image = read_image(path)
        check_acquired_mask(image)
    else:
        image = read_labels(path, allow_constant=role is Role.TUMOR)
    if not image.grid.matches(grid):
        msg = f"Resample {path.name} to the grid of {entry.scan.name}: they lie on different grids."
        raise ValueError(msg)
    if float(image.voxels.min()) < 0:
        msg = f"Renumber what is below 0 in {path.name}: labels and shares begin at 0."
        raise ValueError(msg)
    return Image(image.voxels, grid)


def _box_of_body(scan: Image, organ: Image) -> Box:
    body = (organ.voxels > 0.5) | (find_foreground(scan).voxels > 0.5)
    return bounding_box(scan.with_voxels(body), margin_mm=MARGIN_MM)


def _cut(image: Image, box: Box, kind: torch.dtype) -> Image:
    part = crop(image, box)
    return part.with_voxels(part.voxels.to(kind).contiguous())


def _cut_acquired(share: Image | None, box: Box) -> Image | None:
    return None if share is None else _cut(share, box, torch.float16)


def _cut_labels(labels: Image | None, box: Box) -> Image | None:
    if labels is None:
        return None
    small = int(labels.voxels.max()) <= torch.iinfo(torch.int16).max
    return _cut(labels, box, torch.int16 if small else torch.int32)
