"""Write small PNG files."""

from __future__ import annotations

import io

import qt
from PIL import Image

COLORS = 256


def write_png(pixmap, path):
    """Write what Qt has grabbed with a palette of its own colors: a third of the bytes."""
    data = qt.QByteArray()
    buffer = qt.QBuffer(data)
    buffer.open(qt.QIODevice.WriteOnly)
    if not pixmap.save(buffer, "PNG"):
        msg = f"Take the picture again: Qt could not make a PNG of {path.name}"
        raise OSError(msg)
    with Image.open(io.BytesIO(bytes(data.data()))) as image:
        # By coverage, as a small colored label counts as much as a large grey area.
        colors = image.convert("RGB").quantize(
            COLORS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=0
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    colors.save(path, optimize=True)
