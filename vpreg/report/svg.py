"""Write SVG elements."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape


def element(name: str, attributes: Mapping[str, object], content: str = "") -> str:
    """Return an element; `content` is markup already."""
    words = "".join(f' {key}="{escape(_value(value))}"' for key, value in attributes.items())
    return f"<{name}{words}>{content}</{name}>" if content else f"<{name}{words}/>"


def text(words: str, x: float, y: float, **attributes: object) -> str:
    """Return a line of text at a place."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return element("text", {"x": x, "y": y, **named}, escape(words))


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """Return a straight line."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return element("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, **named})


def document(width: float, height: float, content: str, *, title: str, style: str = "") -> str:
    """Return a whole drawing that also stands alone as a file; `title` is read aloud."""
    head = element("title", {}, escape(title)) + (f"<style>{style}</style>" if style else "")
    box = f"0 0 {_value(width)} {_value(height)}"
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": box,
            "role": "img",
            "aria-label": title,
            "font-family": "system-ui, DejaVu Sans, sans-serif",
        },
        head + content,
    )


def _value(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
