"""Displacement fields in NIfTI files."""

from __future__ import annotations

import gzip
import struct
import tempfile
from pathlib import Path

import numpy as np
import SimpleITK

# NIFTI_INTENT_DISPVECT; the field is an int16 at this byte of a NIfTI-1 header.
_DISPLACEMENT_VECTORS = 1006
_INTENT_BYTE = 68


def write_displacement_nifti(field: SimpleITK.Image, path: Path) -> None:
    """Write LPS displacements as .nii or .nii.gz of intent 1006, in float32.

    ITK writes intent 1007 (any vector), of which Slicer warns. Readers take the vectors of a 1006
    file as RAS, and ITK (so Slicer, too) turns them into LPS: x and y are negated here, for without
    that they would come back mirrored.
    """
    lps = SimpleITK.GetArrayViewFromImage(field)
    ras = (lps * np.array((-1.0, -1.0, 1.0))).astype(np.float32)
    image = SimpleITK.GetImageFromArray(ras, isVector=True)
    image.CopyInformation(field)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        plain = Path(folder) / "vectors.nii"
        SimpleITK.WriteImage(image, str(plain))
        content = bytearray(plain.read_bytes())
    order = "<" if struct.unpack_from("<i", content)[0] == 348 else ">"
    struct.pack_into(f"{order}h", content, _INTENT_BYTE, _DISPLACEMENT_VECTORS)
    path.write_bytes(gzip.compress(content, 5) if path.name.endswith(".gz") else content)
