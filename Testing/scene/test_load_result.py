"""A result folder comes into the scene whole or not at all, on the voxels of its scans."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import SimpleITK
import slicer
from VolumePreservingRegLib.scene import add_nodes
from VolumePreservingRegLib.scene.geometry import same_place
from VolumePreservingRegLib.scene.nothing_on_failure import all_items, all_nodes
from VolumePreservingRegLib.scene.remove_result import remove_result

PLAIN = {
    "alignedVolume": "warped.nii.gz",
    "similarityAligned": "similarity_only/warped.nii.gz",
    "softMask": "soft_mask.nii.gz",
    "folds": "folds.nii.gz",
}
LOG2 = {"jacobian": "jacobian.nii.gz", "similarityJacobian": "similarity_only/jacobian.nii.gz"}


def test_every_kind_of_node_is_there(loaded):
    kinds = {role: node.GetClassName() for role, node in loaded.nodes.items()}

    volumes = {*PLAIN, *LOG2, "softMaskMoving"}
    assert {role for role, kind in kinds.items() if kind == "vtkMRMLScalarVolumeNode"} == volumes
    assert kinds["transform"] == kinds["similarityTransform"] == "vtkMRMLTransformNode"
    assert kinds["alignedTumor"] == "vtkMRMLSegmentationNode"
    assert kinds["tumorTable"] == kinds["summaryTable"] == "vtkMRMLTableNode"


@pytest.mark.parametrize("role", PLAIN)
def test_a_volume_holds_the_voxels_of_its_file(loaded, result_folder, role):
    found = slicer.util.arrayFromVolume(getattr(loaded.nodes, role))

    assert np.array_equal(found, voxels(result_folder / PLAIN[role]))
    assert same_place(getattr(loaded.nodes, role), loaded.fixed)


@pytest.mark.parametrize("role", LOG2)
def test_a_jacobian_volume_holds_the_log2_of_the_determinants(loaded, result_folder, role):
    found = slicer.util.arrayFromVolume(getattr(loaded.nodes, role))

    assert np.allclose(2.0**found, voxels(result_folder / LOG2[role]), rtol=1e-5)


def test_the_mask_of_the_follow_up_lies_on_the_follow_up(loaded, result_folder):
    found = slicer.util.arrayFromVolume(loaded.nodes.softMaskMoving)

    assert same_place(loaded.nodes.softMaskMoving, loaded.moving)
    assert np.array_equal(found, voxels(result_folder / "soft_mask_moving.nii.gz"))
    assert np.ptp(found) > 0.5


@pytest.mark.parametrize(
    "damage", ["truncated", "missing", "bit", "json", "not finite", "hash of another"]
)
def test_a_damaged_folder_leaves_the_scene_as_it_was(load, scene, result_folder, tmp_path, damage):
    folder = tmp_path / "registration"
    shutil.copytree(result_folder, folder)
    DAMAGES[damage](folder)
    before = state(scene)

    with pytest.raises(ValueError, match=r"(Register again|Choose)"):
        load(folder)

    assert state(scene) == before


def test_scans_of_another_shape_are_refused(load, pair, scene, result_folder):
    before = state(scene)

    with pytest.raises(ValueError, match="Choose the scans that were registered"):
        load(result_folder, fixed=pair.moving, moving=pair.fixed)

    assert state(scene) == before


def test_an_error_half_way_leaves_the_scene_as_it_was(load, scene, result_folder, monkeypatch):
    before = state(scene)

    def fail(*_arguments, **_keywords):
        raise RuntimeError

    monkeypatch.setattr(add_nodes, "place_result", fail)
    with pytest.raises(RuntimeError):
        load(result_folder)

    assert state(scene) == before


def test_a_removed_result_leaves_no_node_but_colours(load, scene, result_folder):
    before = set(all_nodes(scene)), set(all_items(scene))
    nodes = load(result_folder)

    remove_result(nodes)

    left = [node for node in all_nodes(scene) if node not in before[0]]
    assert {node.GetName() for node in left} == {
        "Size change by alignment",
        "Soft tumor mask",
        "Folds",
    }
    assert set(all_items(scene)) == before[1]


def test_a_second_result_has_names_of_its_own(load, result_folder):
    first, second = load(result_folder), load(result_folder)

    names = [node.GetName() for node in [*first.nodes(), *second.nodes()]]

    assert len(set(names)) == len(names) == 24


def test_colours_are_made_once_a_scene(load, scene, result_folder):
    load(result_folder)
    count = scene.GetNumberOfNodesByClass("vtkMRMLColorNode")

    load(result_folder)

    assert scene.GetNumberOfNodesByClass("vtkMRMLColorNode") == count


def test_without_a_tumor_there_is_no_segmentation_and_an_empty_table(load, result_folder, tmp_path):
    folder = tmp_path / "registration"
    shutil.copytree(result_folder, folder)
    found = content(folder)
    for figures in (found["figures"]["final"], found["figures"]["similarity_only"]):
        figures["tumor"] = figures["volume_changes"] = None
    (folder / "result.json").write_text(json.dumps(found), encoding="utf-8")

    nodes = load(folder, fixedTumor=None, movingTumor=None)

    assert nodes.alignedTumor is None
    assert nodes.tumorTable.GetNumberOfRows() == 0
    assert nodes.tumorTable.GetNumberOfColumns() > 5


def truncate(folder):
    """Cut the end off a file."""
    path = folder / "jacobian.nii.gz"
    path.write_bytes(path.read_bytes()[:-200])


def flip(folder):
    """Change one byte of a field."""
    path = folder / "transform.h5"
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    path.write_bytes(whole)


def spoil(folder):
    """Put a NaN into a field, and the right hash into the list."""
    path = folder / "transform.h5"
    composite = SimpleITK.CompositeTransform(SimpleITK.ReadTransform(str(path)))
    affine, field = (composite.GetNthTransform(n).Downcast() for n in range(2))
    vectors = SimpleITK.GetArrayFromImage(field.GetDisplacementField())
    vectors[5, 5, 5, 0] = float("nan")
    image = SimpleITK.GetImageFromArray(vectors, isVector=True)
    image.CopyInformation(field.GetDisplacementField())
    field = SimpleITK.DisplacementFieldTransform(image)
    SimpleITK.WriteTransform(SimpleITK.CompositeTransform([affine, field]), str(path))
    relist(folder, path)


def swap(folder):
    """Put an image of another shape under the name of the mask, listed as it is."""
    path = folder / "soft_mask.nii.gz"
    SimpleITK.WriteImage(SimpleITK.Image(9, 9, 9, SimpleITK.sitkFloat32), str(path))
    relist(folder, path)


def relist(folder, path):
    """List a file with its present size and hash."""
    from vpreg.results.result_json import sha256_of

    found = content(folder)
    for entry in found["files"]:
        if entry["name"] == path.name:
            entry.update(bytes=path.stat().st_size, sha256=sha256_of(path))
    (folder / "result.json").write_text(json.dumps(found), encoding="utf-8")


DAMAGES = {
    "truncated": truncate,
    "missing": lambda folder: (folder / "warped.nii.gz").unlink(),
    "bit": flip,
    "json": lambda folder: (folder / "result.json").write_text("{", encoding="utf-8"),
    "not finite": spoil,
    "hash of another": swap,
}


def state(scene):
    """Return all that a failed load may not change."""
    return [node.GetID() for node in all_nodes(scene)], all_items(scene)


def voxels(path):
    """Return the voxels (K, J, I) of a file."""
    return SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(path)))


def content(folder):
    """Return what `result.json` holds."""
    return json.loads((folder / "result.json").read_text(encoding="utf-8"))
