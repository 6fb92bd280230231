"""The texts that pages are made of."""

from __future__ import annotations

from importlib.resources import files


def asset_text(name: str) -> str:
    """Return a file of the folder `assets`."""
    return (files("vpreg") / "report" / "assets" / name).read_text(encoding="utf-8")
