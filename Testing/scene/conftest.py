"""A real scene, and a small real registration to show in it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import SimpleITK

os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")

if importlib.util.find_spec("slicer") is None:
    collect_ignore_glob = ["test_*.py", "review/*", "timeline/*"]
else:
    from host.mrml import provide_i18n

    provide_i18n()  # files under test ask for it as soon as they are imported

ROOT = Path(__file__).parents[2]
SHAPE, SPACING_MM = (56, 68, 56), 3.2
# The scans lie oblique in space, and the follow-up has voxels of its own.
ROTATION_DEG, CROP = (14.0, -9.0, 21.0), (2, 3, 1)
MAKE = (
    "import sys, pathlib; from vpreg.synthetic.demo_scans import write_demo_scans; "
    "from vpreg.synthetic.head_settings import HeadSettings; "
    f"write_demo_scans(pathlib.Path(sys.argv[1]), settings=HeadSettings(shape={SHAPE}, "
    f"spacing_mm={SPACING_MM}, moving_tumor_ml=7.0, fixed_tumor_ml=14.0))"
)


@pytest.fixture(scope="session")
def mrml():
    """Start MRML once for all tests: it takes seconds."""
    from host.mrml import start_mrml

    return start_mrml()


@pytest.fixture
def scene(mrml):
    """Return the scene of the application, empty but for what every scene has."""
    mrml.scene.Clear(0)
    return mrml.scene


@pytest.fixture(scope="session")
def scans_folder(tmp_path_factory):
    """Make the scans of the demo in coarse voxels, oblique in space."""
    folder = tmp_path_factory.mktemp("phantom") / "scans"
    run_python("-c", MAKE, str(folder))
    for path in folder.iterdir():
        image = SimpleITK.ReadImage(str(path))
        if path.name.startswith("follow_up"):
            image = SimpleITK.Crop(image, CROP, CROP)
        SimpleITK.WriteImage(turned(image), str(path))
    return folder


@pytest.fixture(scope="session")
def result_folder(scans_folder):
    """Register the scans with the engine, as the worker does it for the panel."""
    return register(scans_folder, scans_folder.parent / "registration", settings={})


def register(scans, output, *, settings, tumors=True):
    """Run a job through the worker and return the result folder."""
    tumor = {
        "fixed_tumor": str(scans / "baseline_tumor.nii.gz"),
        "moving_tumor": str(scans / "follow_up_tumor.nii.gz"),
    }
    job = {
        "schema": "vpreg.job",
        "schema_version": 1,
        "fixed": str(scans / "baseline.nii.gz"),
        "moving": str(scans / "follow_up.nii.gz"),
        "output": str(output),
        "organ": {"path": str(scans / "follow_up_organ.nii.gz"), "label": None},
        "settings": {"mode": "follow-up", "preset": "brain-mr", "device": "cpu", **settings},
        "report": False,
        **(tumor if tumors else {}),
    }
    path = output.with_suffix(".json")
    path.write_text(json.dumps(job), encoding="utf-8")
    run_python("-m", "vpreg.worker", str(path))
    return output


def run_python(*arguments):
    """Run Python with the engine in a process of its own; its stdin stays open meanwhile."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_WAIT_POLICY": "PASSIVE"}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = process.stdout.read().decode()
    process.stdin.close()
    assert process.wait() == 0, said


def turned(image):
    """Rotate an image as a whole in space."""
    angles = np.deg2rad(ROTATION_DEG)
    matrix = np.array(SimpleITK.Euler3DTransform((0, 0, 0), *angles.tolist()).GetMatrix())
    matrix = matrix.reshape(3, 3)
    direction = np.array(image.GetDirection()).reshape(3, 3)
    image.SetDirection((matrix @ direction).ravel().tolist())
    image.SetOrigin((matrix @ np.array(image.GetOrigin()) + (11.0, -7.0, 5.0)).tolist())
    return image


@pytest.fixture
def pair(scene, scans_folder):
    """Load both scans and their tumors, as a user would."""
    import slicer

    def segmentation(key, name):
        labels = slicer.util.loadVolume(
            str(scans_folder / f"{key}_tumor.nii.gz"), {"labelmap": True}
        )
        node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", name)
        slicer.modules.segmentations.logic().ImportLabelmapToSegmentationNode(labels, node)
        node.GetSegmentation().GetNthSegment(0).SetName("Glioma")
        scene.RemoveNode(labels)
        return node

    def volume(key, name):
        return slicer.util.loadVolume(str(scans_folder / f"{key}.nii.gz"), {"name": name})

    return SimpleNamespace(
        fixed=volume("baseline", "MR 2024"),
        moving=volume("follow_up", "MR 2025"),
        fixedTumor=segmentation("baseline", "Tumor 2024"),
        movingTumor=segmentation("follow_up", "Tumor 2025"),
    )


@pytest.fixture
def load(pair):
    """Return a function that loads a result folder for the pair."""
    from VolumePreservingRegLib.scene.load_result import load_result

    def loader(folder, **changed):
        return load_result(folder, **{**vars(pair), **changed})

    return loader


@pytest.fixture
def loaded(load, result_folder, pair):
    """Return the nodes of the small registration, and the pair."""
    return SimpleNamespace(nodes=load(result_folder), **vars(pair))
