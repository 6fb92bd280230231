"""Keep models: NAME.safetensors with NAME.json, its card, beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_safetensors
from safetensors.torch import save as save_safetensors

import vpreg
from vpreg.files.whole_file import write_whole
from vpreg.networks.architectures import build_network
from vpreg.networks.model_card import ModelCard, read_card
from vpreg.networks.network import FieldNetwork

WEIGHTS = ".safetensors"
CARD = ".json"


@dataclass(frozen=True)
class Model:
    """A trained network, ready to predict, and its card."""

    card: ModelCard
    network: FieldNetwork


def own_folder() -> Path:
    """Return where imported models go: $VPREG_MODELS, or a folder in the home of the user."""
    given = os.environ.get("VPREG_MODELS")
    return Path(given) if given else Path.home() / ".vpreg" / "models"


def model_folders() -> tuple[Path, ...]:
    """Return where models are looked for: those of the user first, then those that we ship."""
    packaged = Path(str(files(vpreg))) / "resources" / "models"
    checkout = Path(str(files(vpreg))).parent / "Resources" / "models"
    return (own_folder(), packaged, checkout)


def list_models() -> list[Path]:
    """Return the weights of every model that can be named, sorted by name."""
    found: dict[str, Path] = {}
    for folder in model_folders():
        for path in sorted(folder.glob(f"*{WEIGHTS}")):
            found.setdefault(path.stem, path)
    return [found[name] for name in sorted(found)]


def find_model(name: str) -> Path:
    """Return the weights of a model by its name or path; ValueError lists the names."""
    path = Path(name)
    if path.suffix == WEIGHTS and path.is_file():
        return path
    for known in list_models():
        if known.stem == name:
            return known
    names = ", ".join(known.stem for known in list_models()) or "there are none yet"
    msg = f"Choose a model ({names}) or the path of a {WEIGHTS} file: '{name}' is neither."
    raise ValueError(msg)


def first_model_of(name: str) -> Model | None:
    """Return the similarity-only network that a volume-preserving one was trained behind.

    It is known by the hash of its weights. None if the model stands alone; ValueError if the first
    network lies neither beside the model nor among those that can be named.
    """
    path = find_model(name)
    wanted = read_card(path.with_suffix(CARD)).training.get("first_network_sha256")
    if wanted is None:
        return None
    for other in [*sorted(path.parent.glob(f"*{WEIGHTS}")), *list_models()]:
        card = other.with_suffix(CARD)
        if card.is_file() and read_card(card).weights_sha256 == wanted:
            return load_model(str(other))
    msg = (
        f"Put the first network of {path.stem} beside it, with its card: it finds the mask that "
        f"{path.stem} keeps the volume in, and is known by its hash {wanted[:12]}…."
    )
    raise ValueError(msg)


def save_model(
    state: Mapping[str, torch.Tensor], card: ModelCard, folder: Path, *, replace_old: bool = False
) -> Path:
    """Write weights and card and return the path of the weights; the card gets their hash."""
    path = folder / f"{card.name}{WEIGHTS}"
    if path.exists() and not replace_old:
        msg = f"Choose another name, or replace the old model by --force: {path} exists."
        raise ValueError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    content = save_safetensors({name: t.detach().cpu().contiguous() for name, t in state.items()})
    signed = replace(card, weights_sha256=hashlib.sha256(content).hexdigest())
    # Whole or not at all: a full disk must not leave half a model.
    write_whole(path, lambda file: file.write(content))
    write_whole(path.with_suffix(CARD), lambda file: file.write(signed.to_json().encode()))
    return path


def load_model(name: str) -> Model:
    """Return a model by name or path, in evaluation; ValueError if it is damaged."""
    path = find_model(name)
    card = read_card(path.with_suffix(CARD))
    network = build_network(card.architecture, card.settings)
    load_weights(network, read_weights(path, card), name=path.name)
    network.eval()
    return Model(card, network)


def read_weights(path: Path, card: ModelCard) -> dict[str, torch.Tensor]:
    """Return the weights if they are those that the card was written for."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != card.weights_sha256:
        msg = f"Get {path.name} again: its bytes are not those that its card was written for."
        raise ValueError(msg)
    try:
        tensors: dict[str, torch.Tensor] = load_safetensors(content)
    except SafetensorError as error:
        msg = f"Get {path.name} again: it is no safetensors file ({error})."
        raise ValueError(msg) from error
    return tensors


def load_weights(network: FieldNetwork, state: Mapping[str, torch.Tensor], *, name: str) -> None:
    """Fill a network completely; ValueError names what is missing, left over or of another shape.

    Weights must be finite: a network with one NaN makes a field of NaN.
    """
    try:
        network.load_state_dict(dict(state), strict=True)
    except RuntimeError as error:
        first = str(error).replace("\n", " ").replace("\t", " ")
        msg = f"Use the card that belongs to {name}: its weights do not fit. {first}"
        raise ValueError(msg) from error
    broken = [key for key, tensor in state.items() if not tensor.isfinite().all()]
    if broken:
        msg = f"Get {name} again: {broken[0]} holds numbers that are not finite."
        raise ValueError(msg)
