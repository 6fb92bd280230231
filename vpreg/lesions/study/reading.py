"""Read a study from whatever the user gives."""

from __future__ import annotations

from pathlib import Path

from vpreg.lesions.study.study import Study
from vpreg.lesions.study.study_file import read_study_file
from vpreg.lesions.study.study_folder import STUDY_FILE, read_study_folder


def read_study(path: Path) -> Study:
    """Read a STUDY.toml, a folder that holds one, or a folder of dated scans."""
    if path.is_dir():
        inside = path / STUDY_FILE
        return read_study_file(inside) if inside.is_file() else read_study_folder(path)
    if not path.is_file():
        msg = f"Check the path of the study: {path} does not exist."
        raise ValueError(msg)
    if path.suffix != ".toml":
        msg = f"Give a STUDY.toml or a folder with scans: {path.name} is neither."
        raise ValueError(msg)
    return read_study_file(path)
