"""Turn a checkpoint of others into a model with a card."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from vpreg.images.grid import Triple
from vpreg.networks.architectures import Architecture, build_network
from vpreg.networks.checkpoint import read_checkpoint
from vpreg.networks.home_grid import HomeGrid, Shape
from vpreg.networks.model_card import ModelCard
from vpreg.networks.recognise import SKULL_STRIPPED, recognise
from vpreg.networks.store import load_weights, save_model


@dataclass(frozen=True)
class Origin:
    """What no checkpoint says about itself; None keeps what is known of its network."""

    licence: str
    source: str
    expects: str | None = None
    architecture: Architecture | None = None
    shape: Shape | None = None
    spacing_mm: Triple | None = None
    axes: str | None = None
    grey_value_of_one: float | None = None

    def home(self, known: HomeGrid) -> HomeGrid:
        """Return the home grid with what was said about it."""
        grey = self.grey_value_of_one
        return HomeGrid(
            shape=self.shape or known.shape,
            spacing_mm=self.spacing_mm or known.spacing_mm,
            axes=self.axes or known.axes,
            grey_value_of_one=known.grey_value_of_one if grey is None else grey,
        )


def import_model(
    checkpoint: Path, folder: Path, *, name: str, origin: Origin, replace_old: bool = False
) -> Path:
    """Write NAME.safetensors and its card and return the path; nothing in the file is run.

    ValueError if the network is unknown, or if its weights do not fill it completely.
    """
    found = recognise(read_checkpoint(checkpoint), file=checkpoint, wanted=origin.architecture)
    home = origin.home(found.home)
    settings = dict(found.settings)
    if "home_shape" in settings:
        settings["home_shape"] = list(home.shape)
    load_weights(build_network(found.architecture, settings), found.state, name=checkpoint.name)
    digest = hashlib.sha256(checkpoint.read_bytes()).hexdigest()
    card = ModelCard(
        name=name,
        architecture=found.architecture,
        settings=settings,
        home=home,
        weights_sha256="",
        licence=origin.licence,
        source=origin.source,
        expects=SKULL_STRIPPED if origin.expects is None else origin.expects,
        training={"imported_from": checkpoint.name, "imported_sha256": digest},
    )
    return save_model(found.state, card, folder, replace_old=replace_old)
