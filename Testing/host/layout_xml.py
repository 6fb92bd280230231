"""Read the description of a layout: how views are arranged."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field


@dataclass
class View:
    """One view: the class of its node, its tag and the properties that are set by default."""

    node_class: str
    tag: str
    properties: dict[str, str] = field(default_factory=dict)


@dataclass
class Arrangement:
    """Views and arrangements in a row, a column or on tabs."""

    kind: str
    items: list[View | Arrangement] = field(default_factory=list)


def read_layout(description):
    """Read the XML of a layout; ValueError for what is no layout."""
    root = ET.fromstring(description)
    if root.tag != "layout":
        msg = f"Begin the description with <layout>, not <{root.tag}>"
        raise ValueError(msg)
    return _arrangement(root)


def views_of(arrangement):
    """List the views, first to last."""
    found = []
    for item in arrangement.items:
        found += [item] if isinstance(item, View) else views_of(item)
    return found


def _arrangement(element):
    items = [child for item in element.findall("item") for child in item]
    return Arrangement(
        element.get("type", "horizontal"),
        [_view(child) if child.tag == "view" else _arrangement(child) for child in items],
    )


def _view(element):
    properties = {one.get("name"): (one.text or "").strip() for one in element.findall("property")}
    return View(element.get("class"), element.get("singletontag", ""), properties)
