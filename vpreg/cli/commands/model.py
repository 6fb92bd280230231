"""`vpreg model import|list|show|verify`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vpreg.cli.figures import print_sentence, show
from vpreg.cli.options import AsJson, Force

if TYPE_CHECKING:
    from vpreg.networks.architectures import Architecture

ModelName = Annotated[
    str, typer.Argument(metavar="NAME|FILE", help="A model by its name, or its .safetensors file.")
]
Checkpoint = Annotated[
    Path,
    typer.Argument(
        metavar="CHECKPOINT",
        help="Weights of LapIRN (.pth), VoxelMorph 2018 (Keras .h5) or VoxelMorph 0.2 (.pt).",
    ),
]


def import_model(
    checkpoint: Checkpoint,
    *,
    name: Annotated[str, typer.Option(help="How to call it from now on.", show_default=False)],
    licence: Annotated[
        str, typer.Option(help="What its authors allow, as in MIT.", show_default=False)
    ],
    source: Annotated[
        str, typer.Option(help="Where it is from: an address or a paper.", show_default=False)
    ],
    architecture: Annotated[
        str | None,
        typer.Option(help="Which network it is, where the file does not tell.", show_default=False),
    ] = None,
    expects: Annotated[
        str | None,
        typer.Option(help="What scans it was trained for, in plain words.", show_default=False),
    ] = None,
    shape: Annotated[
        tuple[int, int, int] | None,
        typer.Option(help="Voxels along each axis of its images.", show_default=False),
    ] = None,
    spacing: Annotated[
        tuple[float, float, float] | None,
        typer.Option(help="Millimetres along each axis.", show_default=False),
    ] = None,
    axes: Annotated[
        str | None,
        typer.Option(help="Where its axes point, first axis first: LIA.", show_default=False),
    ] = None,
    grey: Annotated[
        float | None,
        typer.Option(help="Grey value it expects of the brightest tissue.", show_default=False),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where to keep it instead of your models.", show_default=False),
    ] = None,
    force: Force = False,
) -> None:
    """Turn a checkpoint into a model with a card; nothing that is in the file is run."""
    from vpreg.networks.import_model import Origin
    from vpreg.networks.import_model import import_model as convert
    from vpreg.networks.store import own_folder

    origin = Origin(
        licence=licence,
        source=source,
        expects=expects,
        architecture=_architecture(architecture),
        shape=shape,
        spacing_mm=spacing,
        axes=axes,
        grey_value_of_one=grey,
    )
    path = convert(checkpoint, folder or own_folder(), name=name, origin=origin, replace_old=force)
    print_sentence(f"Wrote {path} and its card {path.with_suffix('.json').name}.")


def list_models(*, as_json: AsJson = False) -> None:
    """List the models that can be named."""
    from vpreg.networks.model_card import read_card
    from vpreg.networks.store import CARD, list_models, own_folder

    cards = [(path, read_card(path.with_suffix(CARD))) for path in list_models()]
    models = [
        {
            "name": path.stem,
            "architecture": card.architecture.value,
            "licence": card.licence,
            "expects": card.expects,
            "file": str(path),
        }
        for path, card in cards
    ]
    if not models and not as_json:
        print_sentence(f"There are no models yet: vpreg model import puts them in {own_folder()}.")
        return
    show("Models", {"models": models}, as_json=as_json)


def show_model(name: ModelName, *, as_json: AsJson = False) -> None:
    """Show the card of a model."""
    import json

    from vpreg.networks.model_card import read_card
    from vpreg.networks.store import CARD, find_model

    card = read_card(find_model(name).with_suffix(CARD))
    show(f"Model {card.name}", json.loads(card.to_json()), as_json=as_json)


def verify_model(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FILE", help="A model; all of them unless given."),
    ] = None,
) -> None:
    """Check that weights are those of their card and fill the network; exit with 2 if not."""
    from vpreg.networks.store import list_models, load_model

    names = [name] if name else [str(path) for path in list_models()]
    damaged: list[str] = []
    for known in names:
        try:
            card = load_model(known).card
        except ValueError as error:
            damaged.append(str(error))
        else:
            print_sentence(f"{card.name} is whole: {card.weights_sha256}")
    if damaged:
        raise ValueError("\n".join(damaged))


def _architecture(word: str | None) -> Architecture | None:
    from vpreg.networks.architectures import Architecture

    if word is None:
        return None
    for known in Architecture:
        if known.value == word:
            return known
    names = ", ".join(known.value for known in Architecture)
    msg = f"Choose the architecture from {names}: '{word}' is none of them."
    raise ValueError(msg)


MODEL_COMMANDS: dict[str, Callable[..., None]] = {
    "import": import_model,
    "list": list_models,
    "show": show_model,
    "verify": verify_model,
}
