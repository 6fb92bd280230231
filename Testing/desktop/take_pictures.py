"""Take the pictures of both panels in a real Slicer: `make slicer-pictures SLICER=PATH`."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import slicer

sys.path.append(str(Path(__file__).parent))

from live import keep_picture, run_job, settle, wait_until

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "Resources" / "screenshots"
EVERY = 5


def take_all() -> None:
    """Take all pictures, of the phantom of the sample data."""
    slicer.util.mainWindow().resize(1800, 1100)
    take_pair()
    take_timeline()
    take_sparse()


def take_pair() -> None:
    """Register the phantom with its tumors."""
    panel = open_panel("VolumePreservingReg")
    baseline, follow_up, drawn = load_phantom()
    parameters = panel.logic.getParameterNode()
    parameters.baseline, parameters.followUp = baseline, follow_up
    parameters.baselineTumor, parameters.followUpTumor = drawn
    parameters.baselineTumorSegmentID, parameters.followUpTumorSegmentID = map(tumor_of, drawn)
    settle()
    run_job(panel.ui.applyButton, panel.job)
    panel.ui.inputsCollapsibleButton.collapsed = True
    panel.ui.tumorCollapsibleButton.collapsed = False
    panel.ui.compareComboBox.setCurrentIndex(3)
    keep_picture(PICTURES / "slicer-pair.jpg")


def take_timeline() -> None:
    """Follow the tumor of the phantom over two dates."""
    from VolumePreservingRegLib.timeline.store import Store
    from VolumePreservingRegLib.timeline.time_point import TimePoint

    slicer.mrmlScene.Clear(0)
    panel = open_panel("VolumePreservingReg")
    *scans, drawn = load_phantom()
    store = Store(panel.logic.getParameterNode().parameterNode)
    for date, scan, structures in zip(("2025-01-10", "2025-07-04"), scans, drawn, strict=True):
        store.add(TimePoint("", scan, structures, date, tumor_of(structures)))
    panel.timeline.refresh()
    run_job(panel.timeline.ui.registerAllButton, panel.timeline.job)
    for button in ("inputsCollapsibleButton", "reviewCollapsibleButton", "tumorCollapsibleButton"):
        getattr(panel.ui, button).collapsed = True
    panel.timeline.ui.timelineCollapsibleButton.collapsed = False
    panel.timeline.ui.lesionTable.setCurrentCell(1, 0)
    keep_picture(PICTURES / "slicer-timeline.jpg")


def take_sparse() -> None:
    """Lay the baseline of the phantom over every fifth slice of the follow-up."""
    slicer.mrmlScene.Clear(0)
    panel = open_panel("SparseVMReg")
    atlas, scan, (structures, _) = load_phantom()
    thin_out(scan)
    parameters = panel.logic.getParameterNode()
    parameters.atlas, parameters.scan = atlas, scan
    parameters.atlasSegmentation = structures
    settle()
    run_job(panel.ui.applyButton, panel.job)
    panel.ui.inputsCollapsibleButton.collapsed = True
    panel.ui.structuresCollapsibleButton.collapsed = False
    keep_picture(PICTURES / "slicer-sparse.jpg")


def open_panel(module: str):
    """Open a module and return its panel."""
    slicer.util.selectModule(module)
    settle()
    return slicer.util.getModuleWidget(module)


def load_phantom():
    """Load the sample data; return baseline, follow-up, and the segmentations of both."""
    from VolumePreservingRegLib.scene.sample_data import load_phantom as load

    load()
    settle()
    scans = [slicer.util.getNode(f"Phantom {name}") for name in ("baseline", "follow-up")]
    return *scans, [slicer.util.getNode(f"{scan.GetName()} segmentation") for scan in scans]


def tumor_of(segmentation) -> str:
    """Return the segment that is the tumor."""
    return segmentation.GetSegmentation().GetSegmentIdBySegmentName("Tumor")


def thin_out(scan) -> None:
    """Leave every fifth slice of a scan."""
    kept = slicer.util.arrayFromVolume(scan)[::EVERY].copy()
    i, j, k = scan.GetSpacing()
    slicer.util.updateVolumeFromArray(scan, kept)
    scan.SetSpacing(i, j, k * EVERY)


def main() -> int:
    """Take the pictures, and return 1 if something failed."""
    try:
        take_all()
    except Exception:  # noqa: BLE001 - else Slicer's window would stay open
        traceback.print_exc()
        return 1
    return 0


wait_until(lambda: slicer.util.mainWindow().isVisible(), seconds=30)
slicer.util.exit(main())
