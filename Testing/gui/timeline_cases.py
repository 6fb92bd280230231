"""Three visits of a patient whose lesions grow, shrink and vanish by known volumes."""

from __future__ import annotations

import math

import numpy as np

DAYS = ("2021-01-10", "2021-04-10", "2021-07-10")
# ml; the second lesion is gone at the third visit.
GROWS, VANISHES = (1.0, 1.8, 3.0), (0.6, 0.3, 0.0)
CENTRES_LPS = ((9.0, -7.0, 3.0), (-13.0, 9.0, -5.0))
SHIFTS = ((0.0, 0.0, 0.0), (1.5, -1.0, 0.5), (-1.0, 1.5, 1.0))
SPACING_MM = 2.0
SHAPE = (28, 32, 32)


def add_visits(*, days=DAYS):
    """Add a scan and a segmentation for each visit; return pairs of nodes."""
    from vpreg.images.grid import Grid
    from vpreg.synthetic.lesion_history import Ball, make_lesion_history

    origin = tuple(-SPACING_MM * (n - 1) / 2 for n in reversed(SHAPE))
    grid = Grid(SHAPE, (SPACING_MM,) * 3, origin)
    balls = [
        Ball.of_volumes(centre, volumes)
        for centre, volumes in zip(CENTRES_LPS, (GROWS, VANISHES), strict=True)
    ]
    history = make_lesion_history(balls, grid, shifts_lps=SHIFTS, seed=2)
    return [
        add_visit(f"Scan {day}", one.scan.array, one.tumor.array, grid.origin_lps)
        for day, one in zip(days, history, strict=True)
    ]


def add_visit(name, voxels, mask, origin_lps):
    """Add a scan and a segmentation that was drawn on it."""
    import slicer

    placed = np.diag([-SPACING_MM, -SPACING_MM, SPACING_MM, 1.0])
    placed[:3, 3] = (-origin_lps[0], -origin_lps[1], origin_lps[2])
    scan = slicer.util.addVolumeFromArray(np.float32(voxels), ijkToRAS=placed, name=name)
    scan.CreateDefaultDisplayNodes()
    return scan, add_lesions(scan, mask)


def add_lesions(scan, *masks):
    """Add a segmentation with a segment for each mask."""
    import slicer

    name = f"{scan.GetName()} lesions"
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", name)
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(scan)
    for number, mask in enumerate(masks, start=1):
        segment = node.GetSegmentation().AddEmptySegment(f"s{number}", f"Lesion {number}")
        slicer.util.updateSegmentBinaryLabelmapFromArray(np.uint8(mask), node, segment, scan)
    return node


def list_visits(panel, visits, *, days=DAYS):
    """Put visits into the list of the panel, the way buttons do."""
    from VolumePreservingRegLib.timeline.store import Store
    from VolumePreservingRegLib.timeline.time_point import TimePoint

    store = Store(panel.logic.getParameterNode().parameterNode)
    for (scan, lesions), day in zip(visits, days, strict=True):
        store.add(TimePoint("", scan, lesions, day))
    panel.timeline.refresh()
    return store


def be_quick(panel):
    """Choose settings with which a registration takes a moment."""
    from VolumePreservingRegLib.panel.choices import Affine, Device

    parameters = panel.logic.getParameterNode()
    parameters.affine, parameters.device = Affine.RIGID, Device.CPU
    parameters.similarityIterations, parameters.volumeIterations = "3", "2"


def register_all(host, panel, *, timeout_s=120.0):
    """Press the button and wait for the end."""
    panel.timeline.ui.registerAllButton.click()
    host.wait_until(lambda: not panel.timeline.runs, timeout_s=timeout_s)
    host.process_events()


def radius_mm(ml):
    """Return the radius of a ball."""
    return (3000 * ml / (4 * math.pi)) ** (1 / 3)
