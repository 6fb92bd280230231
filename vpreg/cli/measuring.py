"""Measure a registration that lies in files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from vpreg.fields.affine import affine_to_field
from vpreg.fields.files import read_transform
from vpreg.fields.transforms import field_from_itk
from vpreg.images.image import Image
from vpreg.images.landmarks import read_landmarks
from vpreg.images.reading import read_image, read_labels
from vpreg.metrics.components import LesionIdentity
from vpreg.metrics.scan import Scan
from vpreg.metrics.summary import measure


def read_scan(
    image: Path,
    *,
    device: torch.device,
    labels: Path | None = None,
    tumor: Path | None = None,
    organ: Path | None = None,
    landmarks: Path | None = None,
) -> Scan:
    """Read a scan and what is known of it; maps have to lie on its grid."""
    scan = read_image(image).to(device)
    return Scan(
        grid=scan.grid,
        image=scan,
        labels=read_map(labels, device),
        tumor=read_map(tumor, device),
        organ=read_map(organ, device),
        landmarks_lps_mm=None if landmarks is None else read_landmarks(landmarks),
    )


def read_map(path: Path | None, device: torch.device) -> Image | None:
    """Read a label map, if there is one."""
    return None if path is None else read_labels(path).to(device)


def measure_files(
    transform: Path | None,
    *,
    fixed: Scan,
    moving: Scan,
    lesions: LesionIdentity,
    nsd_tolerance_mm: float,
) -> Mapping[str, object]:
    """Return all figures as plain values; None is what was not given."""
    u = field_between(transform, fixed=fixed, moving=moving)
    found = measure(
        u, fixed=fixed, moving=moving, lesions=lesions, nsd_tolerance_mm=nsd_tolerance_mm
    )
    return found.to_json_dict()


def field_between(transform: Path | None, *, fixed: Scan, moving: Scan) -> torch.Tensor:
    """Return the field in moving voxels; without a transform, the scans as they lie in space."""
    device = "cpu" if fixed.image is None else fixed.image.voxels.device
    if transform is None:
        return affine_to_field(np.eye(4), fixed.grid, moving.grid, device=device)
    return field_from_itk(
        read_transform(transform), fixed.grid, moving_grid=moving.grid, device=device
    )
