"""Colours of what we lay over scans: one node each in a scene, made when first asked for."""

from __future__ import annotations

SIZE_CHANGE_NAME = "Size change by alignment"
MASK_NAME = "Soft tumor mask"
FOLDS_NAME = "Folds"

# Determinants in third octaves, written as the preferred numbers of ISO 3; a band reaches a sixth
# to either side.
BANDS = ("0.25", "0.31", "0.4", "0.5", "0.63", "0.8", "1", "1.25", "1.6", "2", "2.5", "3.2", "4")
OCTAVES_OF_A_BAND = 1 / 3
LOG2_LIMIT = (len(BANDS) // 2 + 0.5) * OCTAVES_OF_A_BAND

# Grows: orange, shrinks: blue, both darker the further from 1; told apart by colour-blind readers.
_GROWS = ((0.95, 0.85, 0.67), (0.70, 0.25, 0.02))
_SHRINKS = ((0.72, 0.83, 0.93), (0.02, 0.19, 0.58))
NEUTRAL = (0.97, 0.97, 0.97)
VOLUME_PRESERVING_RGB = (0.12, 0.75, 0.35)
SIMILARITY_ONLY_RGB = (0.90, 0.35, 0.75)
FOLDS_RGB = (1.0, 0.0, 1.0)
MASK_RAMP = ((0.0, (0.10, 0.0, 0.0)), (0.5, (0.85, 0.20, 0.0)), (1.0, (1.0, 0.95, 0.35)))


def band_colours() -> list[tuple[float, float, float]]:
    """Return the colour of each band, from strongest growth to strongest shrink."""
    middle = len(BANDS) // 2
    return [_band_colour(band - middle, middle) for band in range(len(BANDS))]


def size_change_colours(scene):
    """Return the diverging table centred on 1; where size is kept, the scan shows through."""
    node = scene.GetFirstNode(SIZE_CHANGE_NAME, "vtkMRMLColorTableNode")
    if node is not None:
        return node
    node = _table(scene, SIZE_CHANGE_NAME, len(BANDS))
    # A reader thinks of sizes, which are one over the determinant: the same numbers backwards.
    for index, (name, rgb) in enumerate(zip(reversed(BANDS), band_colours(), strict=True)):
        node.SetColor(index, name, *rgb, 0.0 if rgb == NEUTRAL else 1.0)
    return node


def mask_colours(scene):
    """Return the ramp of the soft tumor mask, from dark red to yellow."""
    node = scene.GetFirstNode(MASK_NAME, "vtkMRMLProceduralColorNode")
    if node is not None:
        return node
    node = scene.AddNewNodeByClass("vtkMRMLProceduralColorNode", MASK_NAME)
    node.SetHideFromEditors(0)  # else Slicer does not save it
    for value, rgb in MASK_RAMP:
        node.GetColorTransferFunction().AddRGBPoint(value, *rgb)
    node.SetTypeToUser()
    return node


def fold_colours(scene):
    """Return the table of folds: nothing, or a colour that no scan has."""
    node = scene.GetFirstNode(FOLDS_NAME, "vtkMRMLColorTableNode")
    if node is not None:
        return node
    node = _table(scene, FOLDS_NAME, 2)
    node.SetColor(0, "none", 0.0, 0.0, 0.0, 0.0)
    node.SetColor(1, "fold", *FOLDS_RGB, 1.0)
    return node


def _table(scene, name: str, count: int):
    node = scene.AddNewNodeByClass("vtkMRMLColorTableNode", name)
    node.SetTypeToUser()
    node.SetHideFromEditors(0)
    node.SetNumberOfColors(count)
    node.GetLookupTable().SetTableRange(0, count - 1)
    return node


def _band_colour(step: int, steps: int) -> tuple[float, float, float]:
    if step == 0:
        return NEUTRAL
    pale, strong = _GROWS if step < 0 else _SHRINKS
    share = (abs(step) - 1) / (steps - 1)
    red, green, blue = (a + (b - a) * share for a, b in zip(pale, strong, strict=True))
    return (red, green, blue)
