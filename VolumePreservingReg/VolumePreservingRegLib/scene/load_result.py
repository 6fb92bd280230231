"""A result folder becomes nodes of the scene: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.add_nodes import add_nodes
from VolumePreservingRegLib.scene.aligned_tumor import CarriedSegment, carry_segments
from VolumePreservingRegLib.scene.geometry import same_place
from VolumePreservingRegLib.scene.nothing_on_failure import nothing_on_failure
from VolumePreservingRegLib.scene.onto_moving import resample_onto_moving
from VolumePreservingRegLib.scene.organ_size import organ_ratios
from VolumePreservingRegLib.scene.read_files import read_transform, read_volume
from VolumePreservingRegLib.scene.result_files import ResultFiles, find_result_files
from VolumePreservingRegLib.scene.roles import ResultNodes
from VolumePreservingRegLib.scene.segment_maps import SegmentMap, segment_map
from VolumePreservingRegLib.scene.tumor_table import keeps_volume


@dataclass(frozen=True)
class Sources:
    """The nodes that were registered."""

    fixed: Any
    moving: Any
    fixedTumor: Any = None
    movingTumor: Any = None


@dataclass(frozen=True)
class ReadResult:
    """All that a result needs, read and checked, before anything enters the scene."""

    files: ResultFiles
    volumes: dict
    transforms: dict
    tumor: SegmentMap | None
    carried: list[CarriedSegment]
    organ_ratios: dict[str, float]


def load_result(
    folder: Path,
    *,
    fixed,
    moving,
    fixedTumor=None,
    movingTumor=None,
    movingTumorSegmentIDs: Sequence[str] = (),
    scene=None,
) -> ResultNodes:
    """Show a result folder in the scene, with display, tables, references and a place.

    ValueError with a plain sentence, and a scene as it was, if anything about it is wrong: files
    damaged or missing, numbers that are none, voxels that are not those of the fixed scan.
    """
    sources = Sources(fixed, moving, fixedTumor, movingTumor)
    read = read_result(Path(folder), sources, movingTumorSegmentIDs)
    with nothing_on_failure(scene or fixed.GetScene() or slicer.mrmlScene) as chosen:
        nodes = ResultNodes()
        add_nodes(nodes, read, sources, chosen)
    return nodes


def read_result(folder: Path, sources: Sources, segment_ids: Sequence[str] = ()) -> ReadResult:
    """Read and check everything; ValueError with a plain sentence if something is wrong."""
    files = find_result_files(folder)
    volumes = read_volumes(files, sources)
    transforms = {role: read_transform(path) for role, path in files.transforms.items()}
    tumor, carried = None, []
    if sources.movingTumor is not None:
        tumor = segment_map(sources.movingTumor, sources.moving, segment_ids=list(segment_ids))
        carried = carry_segments(
            tumor,
            by_method(transforms, files.content),
            moving=sources.moving,
            fixed=volumes["alignedVolume"],
        )
    ratios = organ_ratios(files, volumes)
    return ReadResult(files, volumes, transforms, tumor, carried, ratios)


def read_volumes(files: ResultFiles, sources: Sources) -> dict:
    """Read the volumes, each on the voxels of the scan that it belongs to."""
    volumes = {role: read_volume(path) for role, path in files.volumes.items()}
    mask = volumes.get("softMaskMoving")
    if mask is not None and not same_place(mask, sources.moving):
        check_place(mask, sources.fixed, files.folder)
        affine = files.content["affine_fixed_to_moving_lps"]
        volumes["softMaskMoving"] = resample_onto_moving(mask, sources.moving, affine_lps=affine)
    for role, volume in volumes.items():
        if role != "softMaskMoving":
            check_place(volume, sources.fixed, files.folder)
    return volumes


def by_method(transforms: dict, content: dict) -> dict:
    """Return the transforms under the method that made them: some results are similarity-only."""
    return transforms if keeps_volume(content) else {"similarityTransform": transforms["transform"]}


def check_place(volume, scan, folder: Path) -> None:
    """Raise ValueError unless a volume of a result has the voxels of its scan."""
    if not same_place(volume, scan):
        msg = _("Choose the scans that were registered: {folder} does not belong to {scan}.")
        raise ValueError(msg.format(folder=folder, scan=scan.GetName()))
