"""Take out of a .ui file what only Slicer's own widgets understand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field


@dataclass
class Prepared:
    """A .ui file that QUiLoader can read, and what is left to do in Python."""

    xml: bytes = b""
    connections: list[tuple[str, str, str, str]] = field(default_factory=list)
    flags: list[tuple[str, str, str]] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)


def prepare(content):
    """Read a .ui file; part it into what QUiLoader reads and what is done in Python."""
    root, prepared = ET.fromstring(content), Prepared()
    for widget in root.iter("widget"):
        prepared.classes.add(widget.get("class"))
        _take_properties(widget, prepared)
    for connections in root.iter("connections"):
        for one in list(connections):
            prepared.connections.append(
                tuple(one.findtext(tag) for tag in ("sender", "signal", "receiver", "slot"))
            )
            connections.remove(one)
    prepared.xml = ET.tostring(root)
    return prepared


def _take_properties(widget, prepared):
    for given in list(widget.findall("property")):
        name = given.get("name")
        value = given[0]
        if value.tag in ("enum", "set") and not value.text.startswith("Q"):
            prepared.flags.append((widget.get("name"), name, value.text))
            widget.remove(given)
        if given.get("stdset") != "0":
            prepared.properties.append((widget.get("name"), name))
