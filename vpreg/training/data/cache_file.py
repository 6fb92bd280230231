"""Write a file of the cache."""

from __future__ import annotations

from pathlib import Path

from vpreg.files.whole_file import write_whole


def write_cache_file(path: Path, content: bytes) -> None:
    """Write a file whole, and its folder; ValueError if there is no room or no right to write."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, lambda file: file.write(content))
    except OSError as error:
        msg = (
            f"Make room in {path.parent}, or choose another cache folder: "
            f"{len(content) / 1e6:.0f} MB cannot be written there ({error.strerror})."
        )
        raise ValueError(msg) from error
