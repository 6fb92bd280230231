"""Find the files of a folder that the engine wrote, checked before any of them is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from slicer.i18n import tr as _
from VolumePreservingRegLib.engine_location import make_engine_importable
from VolumePreservingRegLib.scene.result_files import check_as_written


def find_files(
    folder: Path, *, needed: Iterable[str], welcome: Iterable[str] = ()
) -> tuple[dict[str, Any], dict[str, Path]]:
    """Return the content of `result.json` and the paths of the files that are there, by name.

    ValueError with a plain sentence if one of them is damaged or a needed one is missing.
    """
    make_engine_importable()
    from vpreg.results.result_json import read_result_json

    content = read_result_json(folder)
    listed = {entry["name"]: entry for entry in content["files"]}
    needed = tuple(needed)
    for name in needed:
        if name not in listed:
            msg = _("Register again: {folder} holds no {name}.").format(folder=folder, name=name)
            raise ValueError(msg)
    names = [name for name in (*needed, *welcome) if name in listed]
    for name in names:
        check_as_written(folder / name, listed[name])
    return content, {name: folder / name for name in names}
