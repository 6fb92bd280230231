"""Small scans for the panel, and workers that need no torch."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

WORKER = Path(__file__).with_name("stand_in_worker.py")
SIZE = 24
SPACING_MM = 4.0
MAKES_COMMAND = "VolumePreservingRegLib.run.registration.worker_command"


def ball(*, radius, center=(0.0, 0.0, 0.0), size=SIZE):
    """Return where a ball is."""
    axis = np.arange(size) - (size - 1) / 2
    squares = [(axis - shift) ** 2 for shift in center]
    return np.sqrt(sum(np.meshgrid(*squares, indexing="ij"))) < radius


def add_scan(name, *, tumor_radius, size=SIZE):
    """Add a scan of a body with a tumor."""
    import slicer

    voxels = 100.0 * ball(radius=0.45 * size, size=size)
    voxels += 100.0 * ball(radius=tumor_radius, center=(2.0, -2.0, 0.0), size=size)
    voxels += np.random.default_rng(len(name)).normal(scale=2.0, size=voxels.shape)
    placed = np.diag([SPACING_MM, SPACING_MM, SPACING_MM, 1.0])
    return slicer.util.addVolumeFromArray(voxels.astype(np.float32), ijkToRAS=placed, name=name)


def add_tumor(scan, *, radius):
    """Add a segmentation with the tumor of a scan."""
    import slicer

    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", f"{scan.GetName()} tumor")
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(scan)
    segment = node.GetSegmentation().AddEmptySegment("tumor", "Tumor")
    labels = ball(radius=radius, center=(2.0, -2.0, 0.0)).astype(np.uint8)
    slicer.util.updateSegmentBinaryLabelmapFromArray(labels, node, segment, scan)
    return node


def choose_scans(panel, *, tumors=False):
    """Select a baseline and a follow-up in a panel; return both."""
    parameters = panel.logic.getParameterNode()
    baseline = add_scan("Baseline", tumor_radius=4.0)
    follow_up = add_scan("Follow-up", tumor_radius=5.0)
    parameters.baseline, parameters.followUp = baseline, follow_up
    parameters.similarityIterations, parameters.volumeIterations = "4 2", "2"
    if tumors:
        parameters.baselineTumor = add_tumor(baseline, radius=4.0)
        parameters.followUpTumor = add_tumor(follow_up, radius=5.0)
    return baseline, follow_up


def use_worker(monkeypatch, *words):
    """Let the panel start the stand-in instead of the worker."""
    from VolumePreservingRegLib.run.process import Command

    def command(folder, **_options):
        arguments = [str(WORKER), str(folder.job_file), *map(str, words)]
        return Command(sys.executable, arguments, dict(os.environ))

    monkeypatch.setattr(MAKES_COMMAND, command)


def press_apply(panel):
    """Press the button."""
    panel.ui.applyButton.click()


def wait_for_the_end(host, panel, *, timeout_s=60.0):
    """Wait until no job runs."""
    host.wait_until(lambda: not panel.job.runs, timeout_s=timeout_s)
    host.process_events()


def worker_pid(panel):
    """Return the number of the process of the panel's job."""
    return panel.job._runner._process.process_id


def is_alive(pid):
    """Tell whether a process still runs; one that waits to be buried does not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def node_names():
    """Name all nodes of the scene."""
    import slicer

    scene = slicer.mrmlScene
    return sorted(scene.GetNthNode(n).GetName() or "" for n in range(scene.GetNumberOfNodes()))


def job_folders():
    """List the folders of jobs that are still there."""
    import slicer

    return list(Path(slicer.app.temporaryPath).glob("VolumePreservingReg-*"))
