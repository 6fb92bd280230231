"""Finding NIfTI files that end early.

ITK fills the missing voxels of a cut NIfTI file with zeros and says nothing, so the sizes are
compared here. It does refuse cut NRRD and MetaImage files by itself.
"""

from __future__ import annotations

import gzip
import io
import math
import struct
import zlib
from pathlib import Path

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK_BYTES = 1 << 20
_HEADER_BYTES = 540


def check_whole(path: Path) -> None:
    """Raise ValueError if a .nii or .nii.gz file holds fewer bytes than its header promises."""
    try:
        header, found = _measure(path)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        msg = f"Copy or download {path.name} again: its compressed data are cut or damaged."
        raise ValueError(msg) from error
    expected = _promised_bytes(header)
    if expected is None:
        msg = f"Check what {path.name} is, or save it again: it has no NIfTI header."
        raise ValueError(msg)
    if found < expected:
        msg = (
            f"Copy or download {path.name} again: it ends early, after {found} of {expected} bytes."
        )
        raise ValueError(msg)


def _measure(path: Path) -> tuple[bytes, int]:
    """Return the start of the (unpacked) file and its length; unpacking checks the checksum."""
    with path.open("rb") as file:
        if file.read(2) != _GZIP_MAGIC:
            file.seek(0)
            return file.read(_HEADER_BYTES), path.stat().st_size
    with gzip.open(path) as unpacked:
        header = unpacked.read(_HEADER_BYTES)
        return header, len(header) + _remaining(unpacked)


def _remaining(stream: io.BufferedIOBase) -> int:
    buffer = bytearray(_CHUNK_BYTES)
    total = 0
    while count := stream.readinto(buffer):
        total += count
    return total


def _promised_bytes(header: bytes) -> int | None:
    """Read the end of the voxel data from a NIfTI-1 or NIfTI-2 header, None if it is neither."""
    for order in "<>":
        if len(header) >= 348 and struct.unpack_from(f"{order}i", header)[0] == 348:
            dims = struct.unpack_from(f"{order}8h", header, 40)
            (bits,) = struct.unpack_from(f"{order}h", header, 72)
            (start,) = struct.unpack_from(f"{order}f", header, 108)
        elif len(header) >= 540 and struct.unpack_from(f"{order}i", header)[0] == 540:
            dims = struct.unpack_from(f"{order}8q", header, 16)
            (bits,) = struct.unpack_from(f"{order}h", header, 14)
            (start,) = struct.unpack_from(f"{order}q", header, 168)
        else:
            continue
        if not 1 <= dims[0] <= 7:
            return None
        # A size below one is left for the sentence about images without voxels.
        voxels = math.prod(int(n) for n in dims[1 : dims[0] + 1])
        return int(start) + max(0, voxels) * int(bits) // 8
    return None
