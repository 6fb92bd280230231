"""The folder of a sparse registration becomes nodes of the scene: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import slicer
from VolumePreservingRegLib.scene.nothing_on_failure import nothing_on_failure
from VolumePreservingRegLib.scene.read_files import read_transform, read_volume
from VolumePreservingRegLib.scene.roles import ResultNodes

from SparseVMRegLib.run.structures import Structure
from SparseVMRegLib.scene.add_sparse_nodes import add_sparse_nodes
from SparseVMRegLib.scene.sparse_files import find_files

VOLUMES = {"alignedVolume": "warped.nii.gz", "confidence": "confidence.nii.gz"}
TRANSFORMS = {"transform": "transform.h5", "inverseTransform": "inverse.h5"}
LABELS = "labels.nii.gz"


@dataclass(frozen=True)
class SparseSources:
    """The nodes that were registered, and what was told about them."""

    scan: Any
    atlas: Any
    acquiredMask: Any = None
    atlasSegmentation: Any = None
    scanSegmentation: Any = None
    excluded: Any = None


@dataclass(frozen=True)
class ReadSparse:
    """All that a result needs, read and checked, before anything enters the scene."""

    folder: Path
    content: dict[str, Any]
    volumes: dict[str, Any]
    transforms: dict[str, Any]
    labels: Any = None
    structures: Sequence[Structure] = field(default_factory=tuple)


def load_sparse_result(
    folder: Path, sources: SparseSources, *, structures: Sequence[Structure] = ()
) -> ResultNodes:
    """Show a result folder in the scene, with display, tables, references and a place.

    `structures` say which label is which segment of the atlas. ValueError with a plain sentence,
    and a scene as it was, if anything about the folder is wrong.
    """
    read = read_sparse_result(Path(folder), structures)
    with nothing_on_failure(sources.scan.GetScene() or slicer.mrmlScene) as scene:
        nodes = ResultNodes()
        add_sparse_nodes(nodes, read, sources, scene)
    return nodes


def read_sparse_result(folder: Path, structures: Sequence[Structure]) -> ReadSparse:
    """Read and check everything; ValueError with a plain sentence if something is wrong."""
    needed = (*VOLUMES.values(), *TRANSFORMS.values())
    content, paths = find_files(folder, needed=needed, welcome=(LABELS,))
    return ReadSparse(
        folder=folder,
        content=content,
        volumes={role: read_volume(paths[name]) for role, name in VOLUMES.items()},
        transforms={role: read_transform(paths[name]) for role, name in TRANSFORMS.items()},
        labels=read_volume(paths[LABELS]) if LABELS in paths and structures else None,
        structures=structures,
    )
