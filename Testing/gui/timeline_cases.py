"""Three visits of a patient whose lesions grow, shrink and vanish by known volumes."""

from __future__ import annotations

import os
import subprocess
import sys

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


def store_of(panel):
    """Return what the panel keeps in the scene."""
    from VolumePreservingRegLib.timeline.store import Store

    return Store(panel.logic.getParameterNode().parameterNode)


def result_of(panel):
    """Return the nodes of the result."""
    from VolumePreservingRegLib.timeline.nodes import find

    return find(panel.logic.getParameterNode().parameterNode)


def select(panel, lesion, day):
    """Select a row of the list of lesions."""
    rows = [one.at for one in panel.timeline.results.rows]
    panel.timeline.ui.lesionTable.setCurrentCell(rows.index((lesion, day)), 0)


def shown(panel, column):
    """Return what a column of the list of lesions shows."""
    table = panel.timeline.ui.lesionTable
    return [table.item(row, column).text() for row in range(table.rowCount)]


def draw_more(lesions, scan):
    """Add a few voxels to what is segmented, as a reader does who looks again."""
    import slicer

    segmentation = lesions.GetSegmentation()
    segment = segmentation.GetNthSegmentID(0)
    labels = slicer.util.arrayFromSegmentBinaryLabelmap(lesions, segment, scan)
    drawn = np.argwhere(labels)
    k, j, i = drawn[len(drawn) // 2]
    labels[k - 2 : k + 3, j - 2 : j + 3, i - 2 : i + 3] = 1
    slicer.util.updateSegmentBinaryLabelmapFromArray(labels, lesions, segment, scan)


def follow_visits(host, folder):
    """Let the real worker follow the visits; return the folder of its result."""
    from VolumePreservingRegLib.engine_location import engine_folder
    from VolumePreservingRegLib.run.job_folder import JobFolder
    from VolumePreservingRegLib.timeline.options import TimelineOptions
    from VolumePreservingRegLib.timeline.request import StudyRequest
    from VolumePreservingRegLib.timeline.study_files import write_study_files
    from VolumePreservingRegLib.timeline.time_point import TimePoint

    job = JobFolder(folder)
    job.inputs.mkdir()
    points = tuple(
        TimePoint(day, scan, lesions, day)
        for (scan, lesions), day in zip(add_visits(), DAYS, strict=True)
    )
    level = {"factors": [1], "field_factors": [1.0], "iterations": [2]}
    settings = {
        "device": "cpu",
        "affine": "rigid",
        "similarity": level,
        "volume": {"solver": level},
    }
    options = TimelineOptions(lookedForNew=True)
    write_study_files(StudyRequest(points, options, folder / "work", settings), job)
    environment = {**os.environ, "PYTHONPATH": str(engine_folder())}
    worker = [sys.executable, "-m", "vpreg.worker.track", "--ignore-stdin", str(job.job_file)]
    subprocess.run(worker, env=environment, check=True, capture_output=True)
    host.close_scene()
    return job.result
