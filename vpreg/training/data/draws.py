"""A seed for every draw, which follows from the seed of the training and the step alone."""

from __future__ import annotations

import hashlib
from enum import Enum


class Stream(Enum):
    """What is drawn: streams of one seed have nothing to do with each other."""

    SPLIT = "split"
    PAIR = "pair"
    AUGMENTATION = "augmentation"
    GENERATOR = "generator"
    VALIDATION = "validation"


def seed_of(seed: int, stream: Stream, what: int | str) -> int:
    """Return a seed of 62 bits for a step or a name.

    Resuming needs that no draw depends on those before it; a hash also keeps neighbouring steps
    from sharing what a generator of numbers does with neighbouring seeds.
    """
    words = f"{seed}/{stream.value}/{what}".encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big") >> 2
