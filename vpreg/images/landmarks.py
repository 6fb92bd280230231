"""Read landmarks."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np

RAS_TO_LPS = np.array([-1.0, -1.0, 1.0])


def read_landmarks(path: Path) -> np.ndarray:
    """Return points (N, 3) in LPS millimetres from a .csv or a Slicer .mrk.json file.

    A .csv holds x, y and z in LPS millimetres on each line, below a header or not. Raises
    ValueError with a plain sentence.
    """
    if not path.is_file():
        msg = f"Check the path: {path} is no file."
        raise ValueError(msg)
    try:
        points = read_markups(path) if path.name.endswith(".json") else read_table(path)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        msg = f"Give points as x,y,z in each line of a .csv, or as .mrk.json: not {path.name}."
        raise ValueError(msg) from error
    if points.ndim != 2 or points.shape[1] != 3 or not np.isfinite(points).all():
        msg = f"Give three finite numbers for each point, and at least one point: {path.name}."
        raise ValueError(msg)
    return points


def read_table(path: Path) -> np.ndarray:
    """Read x, y, z of each line, skipping a first line of words."""
    with path.open(newline="") as stream:
        lines = [line for line in csv.reader(stream) if line]
    first = 0 if is_number(lines[0][0]) else 1
    return np.array([[float(word) for word in line] for line in lines[first:]])


def read_markups(path: Path) -> np.ndarray:
    """Read the control points of the first list of a Slicer markups file."""
    markups = json.loads(path.read_text())["markups"][0]
    points = np.array([point["position"] for point in markups["controlPoints"]], dtype=float)
    return points * RAS_TO_LPS if markups["coordinateSystem"] == "RAS" else points


def is_number(word: str) -> bool:
    """Tell whether a word can be read as a number."""
    try:
        float(word)
    except ValueError:
        return False
    return True
