"""Turn figures into what JSON can hold."""

from __future__ import annotations

import dataclasses
import math
from enum import Enum

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def to_json(value: object) -> Json:
    """Return dataclasses as dicts, enums by value, NaN as null and infinity as "inf".

    JSON has no word for either of the last two; a failure (inf) must not look unknown (null).
    Raises TypeError for anything else that JSON cannot hold.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: to_json(getattr(value, field.name)) for field in fields}
    if isinstance(value, Enum):
        return to_json(value.value)
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, float):
        return _number(value)
    if value is None or isinstance(value, str | int):
        return value
    msg = f"Give figures, not a {type(value).__name__}: JSON cannot hold it."
    raise TypeError(msg)


def _number(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return float(value)
