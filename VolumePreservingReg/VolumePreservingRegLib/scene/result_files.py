"""Which files of a result folder are shown, checked before any of them is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from slicer.i18n import tr as _

from VolumePreservingRegLib.engine_location import make_engine_importable

SIMILARITY = "similarity_only/"
VOLUMES = {
    "alignedVolume": "warped.nii.gz",
    "similarityAligned": SIMILARITY + "warped.nii.gz",
    "softMask": "soft_mask.nii.gz",
    "softMaskMoving": "soft_mask_moving.nii.gz",
    "jacobian": "jacobian.nii.gz",
    "similarityJacobian": SIMILARITY + "jacobian.nii.gz",
    "folds": "folds.nii.gz",
}
TRANSFORMS = {
    "transform": "transform.h5",
    "similarityTransform": SIMILARITY + "transform.h5",
}
NEEDED = ("alignedVolume", "transform", "jacobian", "folds")


@dataclass(frozen=True)
class ResultFiles:
    """The content of `result.json` and the paths of what is shown, by role."""

    folder: Path
    content: dict
    volumes: dict
    transforms: dict


def find_result_files(folder: Path) -> ResultFiles:
    """Look into a result folder; ValueError with a plain sentence if anything in it is damaged."""
    make_engine_importable()
    from vpreg.results.result_json import read_result_json

    content = read_result_json(folder)
    listed = {entry["name"]: entry for entry in content["files"]}
    for role in NEEDED:
        name = (VOLUMES | TRANSFORMS)[role]
        if name not in listed:
            msg = _("Register again: {folder} holds no {name}.").format(folder=folder, name=name)
            raise ValueError(msg)
    shown = [name for name in (VOLUMES | TRANSFORMS).values() if name in listed]
    for name in shown:
        check_as_written(folder / name, listed[name])
    return ResultFiles(
        folder=folder,
        content=content,
        volumes={role: folder / name for role, name in VOLUMES.items() if name in listed},
        transforms={role: folder / name for role, name in TRANSFORMS.items() if name in listed},
    )


def check_as_written(path: Path, entry: dict) -> None:
    """Raise ValueError unless a file has the size and the hash that it was written with."""
    from vpreg.results.result_json import sha256_of

    whole = path.is_file() and path.stat().st_size == entry["bytes"]
    if not whole or sha256_of(path) != entry["sha256"]:
        msg = _("Register again: {path} is missing or damaged.").format(path=path)
        raise ValueError(msg)
