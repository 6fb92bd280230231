"""List the structures of which hardly anything was measured."""

from __future__ import annotations

from slicer.i18n import tr as _

from VolumePreservingRegLib.review.finding import Finding, FindingKind, Severity
from VolumePreservingRegLib.review.places import middle_voxel, place_of
from VolumePreservingRegLib.review.tumor_findings import mask_of

LEAST_MEASURED_PERCENT = 30.0
MOST_STRUCTURES = 5


def structure_findings(nodes) -> list[Finding]:
    """Return a finding for each structure that is mostly a guess, the least measured first."""
    if nodes.structureTable is None or nodes.carriedSegmentation is None:
        return []
    guessed = sorted(hardly_measured(nodes.structureTable))[:MOST_STRUCTURES]
    found = [structure_finding(*one, nodes) for one in guessed]
    return [finding for finding in found if finding is not None]


def hardly_measured(table) -> list[tuple[float, str, str]]:
    """Return the measured percent, name and segment of the structures below the limit."""
    rows = table.GetTable()
    found = []
    for row in range(rows.GetNumberOfRows()):
        percent = rows.GetValueByName(row, "MeasuredPercent").ToDouble()
        if percent < LEAST_MEASURED_PERCENT:  # NaN, where a structure is out of sight, is not
            words = (rows.GetValueByName(row, name) for name in ("Structure", "SegmentID"))
            found.append((percent, *(word.ToString() for word in words)))
    return found


def structure_finding(percent: float, name: str, segment: str, nodes) -> Finding | None:
    """Describe a structure at its middle; None if its segment is gone."""
    place = place_of_structure(segment, nodes)
    if place is None:
        return None
    text = _("{name}: only {percent} % of it was measured, the rest is the atlas's guess")
    words = text.format(name=name, percent=f"{percent:.0f}")
    return Finding(FindingKind.GUESSED, words, place, Severity.LOOK)


def place_of_structure(segment: str, nodes) -> tuple[float, float, float] | None:
    """Return the middle (RAS, mm) of a structure that was carried over; None if it is not there."""
    volume = nodes.confidence or nodes.alignedVolume
    mask = mask_of(nodes.carriedSegmentation, segment, volume)
    return None if mask is None else place_of(volume, middle_voxel(mask))
