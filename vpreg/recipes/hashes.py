"""Fingerprints of what went into a registration."""

from __future__ import annotations

import hashlib

from vpreg.images.image import Image


def hash_image(image: Image) -> str:
    """Return the SHA-256 of the voxels and the geometry of an image."""
    digest = hashlib.sha256()
    grid = image.grid
    geometry = (grid.shape, grid.spacing_mm, grid.origin_lps, grid.direction, image.array.dtype)
    digest.update(repr(geometry).encode())
    digest.update(image.array.tobytes())
    return digest.hexdigest()


def hash_of_model(name: str) -> str:
    """Return the SHA-256 of the weights of a network, given by name or path."""
    # Only here: weights need safetensors, which a registration without a network does without.
    from vpreg.networks.model_card import read_card
    from vpreg.networks.store import CARD, find_model

    return read_card(find_model(name).with_suffix(CARD)).weights_sha256
