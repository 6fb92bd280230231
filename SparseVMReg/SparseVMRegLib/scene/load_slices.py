"""What was found of the slices becomes a volume of the scene."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import slicer
from slicer.i18n import tr as _
from VolumePreservingRegLib.scene.nothing_on_failure import nothing_on_failure
from VolumePreservingRegLib.scene.read_files import read_volume

from SparseVMRegLib.scene.display_confidence import display_confidence
from SparseVMRegLib.scene.slices_in_words import slices_in_words
from SparseVMRegLib.scene.sparse_files import find_files


@dataclass(frozen=True)
class SlicesFound:
    """The volume that shows the slices, and what they are in words."""

    volume: Any
    words: str


def load_slices(folder: Path, *, scan) -> SlicesFound:
    """Show the slices of a scan; ValueError, and a scene as it was, if anything is wrong."""
    content, paths = find_files(folder, needed=("confidence.nii.gz",))
    volume = read_volume(paths["confidence.nii.gz"])
    words = slices_in_words(content["figures"]["slices"])
    name = _("{scan}: measured slices").format(scan=scan.GetName())
    with nothing_on_failure(scan.GetScene() or slicer.mrmlScene) as scene:
        volume.SetName(scene.GenerateUniqueName(name))
        volume = scene.AddNode(volume)
        display_confidence(volume)
    return SlicesFound(volume, words)


def lay_over(scan, volume, *, opacity: float) -> None:
    """Show the slices over the scan in all views."""
    slicer.util.setSliceViewerLayers(
        background=scan, foreground=volume, foregroundOpacity=opacity, fit=True
    )
