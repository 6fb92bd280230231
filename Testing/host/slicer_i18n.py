"""slicer.i18n: text in the language of the user; the host speaks English."""

from __future__ import annotations


def tr(text):
    """Return the text; in Slicer, translated in the context of the calling file."""
    return text


def translate(context, text, *_rest):
    """Return the text; in Slicer, translated in that context."""
    assert isinstance(context, str)
    return text


def getContext(source_file):
    """Name the context of a file."""
    from pathlib import Path

    return Path(source_file).stem
