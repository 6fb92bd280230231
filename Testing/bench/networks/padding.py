"""Lay a pair on a larger grid around the same middle, and a field back."""

from __future__ import annotations

from dataclasses import fields, replace

import torch
from torch.nn.functional import pad

from networks.home import Shape
from vpreg.training.training_pair import TrainingPair


def pad_pair(pair: TrainingPair, shape: Shape) -> TrainingPair:
    """Return the pair with zeros around it; every edge of the shape is as long or longer."""
    have = tuple(pair.fixed.shape[2:])
    tensors = {
        f.name: pad(value, _amounts(have, shape))
        for f in fields(pair)
        if isinstance(value := getattr(pair, f.name), torch.Tensor)
    }
    return replace(pair, **tensors)


def crop_field(u: torch.Tensor, shape: Shape) -> torch.Tensor:
    """Return the part of a field (3, K, J, I) on the grid that `pad_pair` began with."""
    before = _before(shape, tuple(u.shape[1:]))
    inner = [slice(b, b + n) for b, n in zip(before, shape, strict=True)]
    return u[(slice(None), *inner)].contiguous()


def _amounts(have: tuple[int, ...], shape: Shape) -> list[int]:
    before = _before(have, shape)
    after = [n - h - b for h, n, b in zip(have, shape, before, strict=True)]
    # pad wants the last axis first.
    return [n for pair in reversed(list(zip(before, after, strict=True))) for n in pair]


def _before(have: tuple[int, ...], shape: tuple[int, ...]) -> list[int]:
    return [(n - h) // 2 for h, n in zip(have, shape, strict=True)]
