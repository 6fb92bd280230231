"""What the small scans and transforms of these tests look like."""

from __future__ import annotations

from collections.abc import Callable

from typer.testing import Result

SHAPE = (12, 14, 16)
SHIFT_MM = (2.0, 0.0, 0.0)

Vpreg = Callable[..., Result]
