"""Sample data in Slicer's own module: the head phantom of the demo, made here on first use."""

from __future__ import annotations

from pathlib import Path

import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.phantom import phantom_files
from VolumePreservingRegLib.scene.sample_nodes import add_phantom

CATEGORY = "VolumePreservingReg"
SAMPLE_NAME = "VolumePreservingRegHeadPhantom"
FOLDER_NAME = "VolumePreservingRegHeadPhantom-1"


def registerSampleData(thumbnail: str | None = None) -> None:
    """Tell Slicer's Sample Data module of the phantom, where there is one, once Slicer started."""
    try:
        from SampleData import SampleDataLogic
    except ImportError:
        return
    if hasattr(SampleDataLogic, "registerCustomSampleDataCategory"):  # since Slicer 5.12
        title = _("Volume Preserving Registration")
        SampleDataLogic.registerCustomSampleDataCategory(CATEGORY, title=title)
    SampleDataLogic.registerCustomSampleDataSource(
        category=CATEGORY,
        sampleName=SAMPLE_NAME,
        # Nothing is downloaded, but Slicer wants an address for each node.
        uris=["made-here://baseline", "made-here://follow_up"],
        fileNames=["baseline.nii.gz", "follow_up.nii.gz"],
        nodeNames=["Phantom baseline", "Phantom follow-up"],
        customDownloader=load_on_click,
        thumbnailFileName=thumbnail,
    )


def load_on_click(_source) -> None:
    """Load the phantom when its picture in Slicer is pressed, and say what went wrong."""
    message = _("The head phantom could not be made.")
    with slicer.util.tryWithErrorDisplay(message, waitCursor=True):
        load_phantom()


def load_phantom() -> list:
    """Load the phantom into the scene, made first if need be; return its nodes.

    RuntimeError with a plain sentence if it cannot be made.
    """
    return add_phantom(phantom_files(cache_folder() / FOLDER_NAME), slicer.mrmlScene)


def cache_folder() -> Path:
    """Return the folder where Slicer keeps what it downloaded."""
    return Path(slicer.mrmlScene.GetCacheManager().GetRemoteCacheDirectory())
