"""One colour for a lesion, in the plot and in the views."""

from __future__ import annotations

# Paul Tol's "bright" scheme, told apart by colour-blind readers, on black and on white.
COLOURS = (
    (0.27, 0.47, 0.67),
    (0.93, 0.40, 0.47),
    (0.13, 0.53, 0.20),
    (0.80, 0.73, 0.27),
    (0.40, 0.80, 0.93),
    (0.67, 0.20, 0.47),
)


def colour_of(number: int) -> tuple[float, float, float]:
    """Return the colour of the n-th lesion, from 0; after the last the first comes again."""
    return COLOURS[number % len(COLOURS)]
