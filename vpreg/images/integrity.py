"""Finding NIfTI files that ITK would repair in silence.

It fills the missing voxels of a cut file with zeros, and sets those that are no finite number to
zero. NRRD and MetaImage files it refuses or reads as they are.
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path

import numpy as np

from vpreg.images.checks import non_finite_sentence

_GZIP_MAGIC = b"\x1f\x8b"
_HEADER_BYTES = 540
# A multiple of every sample's size, so that no number is split between two chunks.
_CHUNK_BYTES = 1 << 20
_FLOATING_CODES = {16: "f4", 64: "f8"}


@dataclass(frozen=True)
class _Header:
    """Where the voxels of a NIfTI file start and end, and their type if it is floating point."""

    start: int
    end: int
    floating: str | None


def check_whole(path: Path) -> None:
    """Raise ValueError if a .nii or .nii.gz file is cut, damaged, or holds NaN or infinity."""
    try:
        with _open(path) as file:
            header = _parse(file.read(_HEADER_BYTES))
            if header is None:
                msg = f"Check what {path.name} is, or save it again: it has no NIfTI header."
                raise ValueError(msg)
            file.seek(header.start)
            found, non_finite = _scan(file, header)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        msg = f"Copy or download {path.name} again: its compressed data are cut or damaged."
        raise ValueError(msg) from error
    if found < header.end:
        msg = (
            f"Copy or download {path.name} again: "
            f"it ends early, after {found} of {header.end} bytes."
        )
        raise ValueError(msg)
    if non_finite:
        raise ValueError(non_finite_sentence(path.name, non_finite))


def _open(path: Path) -> BufferedIOBase:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP_MAGIC
    return gzip.open(path) if packed else path.open("rb")


def _scan(file: BufferedIOBase, header: _Header) -> tuple[int, int]:
    """Read to the end, which checks the checksum; return the length and the count of bad voxels."""
    found, non_finite = file.tell(), 0
    while chunk := file.read(_CHUNK_BYTES):
        if header.floating is not None:
            count = min(len(chunk), max(0, header.end - found)) // int(header.floating[-1])
            values = np.frombuffer(chunk, dtype=header.floating, count=count)
            non_finite += count - int(np.isfinite(values).sum())
        found += len(chunk)
    return found, non_finite


def _parse(header: bytes) -> _Header | None:
    """Read a NIfTI-1 or NIfTI-2 header in either byte order, None if it is neither."""
    for order in "<>":
        if len(header) >= 348 and struct.unpack_from(f"{order}i", header)[0] == 348:
            dims = struct.unpack_from(f"{order}8h", header, 40)
            code, bits = struct.unpack_from(f"{order}2h", header, 70)
            (start,) = struct.unpack_from(f"{order}f", header, 108)
        elif len(header) >= 540 and struct.unpack_from(f"{order}i", header)[0] == 540:
            dims = struct.unpack_from(f"{order}8q", header, 16)
            code, bits = struct.unpack_from(f"{order}2h", header, 12)
            (start,) = struct.unpack_from(f"{order}q", header, 168)
        else:
            continue
        if not (1 <= dims[0] <= 7 and math.isfinite(start) and start >= 0):
            return None
        # A size below one is left for the sentence about images without voxels.
        voxels = max(0, math.prod(int(n) for n in dims[1 : dims[0] + 1]))
        kind = _FLOATING_CODES.get(code)
        end = int(start) + voxels * int(bits) // 8
        return _Header(int(start), end, None if kind is None else order + kind)
    return None
