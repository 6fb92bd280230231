"""Which segment each label of a job stands for, kept beside the job for its result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import slicer
import vtk

FILE_NAME = "structures.json"


@dataclass(frozen=True)
class Structure:
    """A label of a job and the segment that it comes from, as it was when the job began."""

    label: int
    name: str
    segmentID: str
    rgb: tuple[float, float, float]
    terminology: str = ""


def structures_of(node: Any, segment_ids: Mapping[int, str]) -> list[Structure]:
    """Describe the segments of a segmentation node, given by their labels."""
    segmentation = node.GetSegmentation()
    return [
        structure_of(segmentation.GetSegment(name), label, name)
        for label, name in segment_ids.items()
    ]


def structure_of(segment: Any, label: int, segment_id: str) -> Structure:
    """Describe a segment."""
    rgb = tuple(segment.GetColor())
    return Structure(label, segment.GetName(), segment_id, rgb, terminology_of(segment))


def terminology_of(segment: Any) -> str:
    """Return what a segment is in terms of codes, as Slicer writes it."""
    value = vtk.reference("")
    found = segment.GetTag(slicer.vtkSegment.GetTerminologyEntryTagName(), value)
    return str(value) if found else ""


def write_structures(structures: list[Structure], folder: Path) -> None:
    """Write the structures into the folder of a job."""
    text = json.dumps([asdict(one) for one in structures], ensure_ascii=False)
    (folder / FILE_NAME).write_text(text, encoding="utf-8")


def read_structures(folder: Path) -> list[Structure]:
    """Read the structures of a job; none if it has none."""
    path = folder / FILE_NAME
    if not path.is_file():
        return []
    content = json.loads(path.read_text(encoding="utf-8"))
    return [Structure(**{**one, "rgb": tuple(one["rgb"])}) for one in content]
