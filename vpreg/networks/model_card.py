"""What is known about a trained network, in a file beside its weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vpreg.images.grid import Triple
from vpreg.networks.architectures import Architecture
from vpreg.networks.home_grid import HomeGrid, Shape

SCHEMA = "vpreg.model"
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class ModelCard:
    """Architecture, home grid, origin and hash of a model.

    `expects` says in plain words what scans it is for. `training` and `metrics` hold whatever
    training wrote down.
    """

    name: str
    architecture: Architecture
    settings: Mapping[str, Any]
    home: HomeGrid
    weights_sha256: str
    licence: str
    source: str
    expects: str = ""
    training: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)

    @property
    def conditional_volume(self) -> bool:
        """Whether the soft mask that the network is shown, times 0 to 1, says how much it counts.

        Training writes it down as `conditional_volume`.
        """
        return bool(self.training.get("conditional_volume", False))

    def to_json(self) -> str:
        """Return the text of the card's file."""
        home = self.home
        content = {
            "schema": SCHEMA,
            "schema_version": SCHEMA_VERSION,
            "name": self.name,
            "architecture": self.architecture.value,
            "settings": dict(self.settings),
            "home": {
                "shape": list(home.shape),
                "spacing_mm": None if home.spacing_mm is None else list(home.spacing_mm),
                "axes": home.axes,
                "grey_value_of_one": home.grey_value_of_one,
            },
            "weights_sha256": self.weights_sha256,
            "licence": self.licence,
            "source": self.source,
            "expects": self.expects,
            "training": dict(self.training),
            "metrics": dict(self.metrics),
        }
        return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_card(path: Path) -> ModelCard:
    """Read a card; ValueError names what to mend in it."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        msg = f"Put the model card beside the weights: {path} is missing."
        raise ValueError(msg) from error
    except ValueError as error:
        msg = f"Write the model card {path.name} again: it is no valid JSON ({error})."
        raise ValueError(msg) from error
    try:
        return _card(content)
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"Correct the model card {path.name}: something is missing or wrong ({error})."
        raise ValueError(msg) from error


def _card(content: Mapping[str, Any]) -> ModelCard:
    if content["schema"] != SCHEMA or content["schema_version"] != SCHEMA_VERSION:
        msg = f"Use a model card of {SCHEMA}, version {SCHEMA_VERSION}: this is another file."
        raise ValueError(msg)
    home = content["home"]
    known = {"name", "weights_sha256", "licence", "source", "expects", "training", "metrics"}
    return ModelCard(
        architecture=Architecture(content["architecture"]),
        settings=dict(content["settings"]),
        home=HomeGrid(
            shape=_shape(home["shape"]),
            spacing_mm=None if home["spacing_mm"] is None else _spacing(home["spacing_mm"]),
            axes=str(home["axes"]),
            grey_value_of_one=float(home["grey_value_of_one"]),
        ),
        **{name: content[name] for name in known if name in content},
    )


def _shape(values: list[int]) -> Shape:
    k, j, i = (int(n) for n in values)
    return (k, j, i)


def _spacing(values: list[float]) -> Triple:
    k, j, i = (float(s) for s in values)
    return (k, j, i)
