"""The table of a registration: how it went, with what, and where it comes from."""

from __future__ import annotations

from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.table_columns import Column, add_column
from VolumePreservingRegLib.scene.tumor_table import keeps_volume


def columns() -> list[Column]:
    """Return the columns in their order."""
    return [
        Column("Quantity", _("Quantity")),
        Column("VolumePreserving", _("Volume-preserving")),
        Column("SimilarityOnly", _("Similarity-only")),
        Column("Meaning", _("Meaning")),
    ]


def fill_summary_table(table, content: dict) -> None:
    """Fill a table node with the figures and the provenance of `result.json`."""
    rows = [*figure_rows(content), *provenance_rows(content)]
    table.SetUseColumnTitleAsColumnHeader(True)
    table.SetLocked(True)
    for number, column in enumerate(columns()):
        add_column(table, column, [str(row[number]) for row in rows])


def figure_rows(content: dict) -> list[tuple[str, str, str, str]]:
    """Return what was measured of both alignments."""
    figures = content["figures"]
    final, similarity = figures.get("final"), figures.get("similarity_only")
    if not keeps_volume(content):
        final, similarity = None, final
    return [
        (name, _shown(read, final), _shown(read, similarity), meaning)
        for name, read, meaning in quantities()
    ]


def quantities() -> list[tuple]:
    """Return name, where it stands in the figures, and meaning, for each quantity."""
    return [
        (
            _("Organ size, after / before"),
            lambda f: f["tumor"]["stsr"]["organ_ratio_soft"],
            _("What the size of each lesion is compared with."),
        ),
        (
            _("Similarity outside the mask"),
            lambda f: f["similarity_by_region"]["outside_mask"],
            _("Local correlation squared, 0 to 1; higher is more alike."),
        ),
        (
            _("Similarity inside the mask"),
            lambda f: f["similarity_by_region"]["inside_mask"],
            _("Lower here is right where the tumor truly changed."),
        ),
        (
            _("Folded voxels"),
            lambda f: f["field"]["folded_voxels"],
            _("0 is right: tissue cannot fold."),
        ),
        (
            _("Smallest determinant"),
            lambda f: f["field"]["smallest_determinant"],
            _("Below 1 tissue is stretched, at 0 or below it folds."),
        ),
        (
            _("Largest determinant"),
            lambda f: f["field"]["largest_determinant"],
            _("Above 1 tissue is shrunk; 2 is half the size."),
        ),
        (
            _("Largest displacement (mm)"),
            lambda f: f["field"]["largest_displacement_mm"],
            _("How far the alignment moves tissue at most."),
        ),
    ]


def provenance_rows(content: dict) -> list[tuple[str, str, str, str]]:
    """Return version, device, times, warnings, settings and hashes."""
    origin = content["provenance"]
    hashed = _("SHA-256 of voxels and geometry, or of weights.")
    rows = [
        (_("Version"), origin["version"], "", _("Of the engine.")),
        (_("Method"), origin["recipe"], "", ""),
        (_("Device"), origin["device"], "", ""),
    ]
    for stage, seconds in origin["seconds_by_stage"].items():
        rows.append((_("Time: {stage}").format(stage=stage), f"{seconds:.2f} s", "", ""))
    rows += [(_("Warning"), warning, "", "") for warning in origin["warnings"]]
    rows += [
        (_("Setting: {name}").format(name=name), _word(value), "", "")
        for name, value in flat(origin["settings"])
    ]
    rows += [
        (_("Input: {name}").format(name=name), digest, "", hashed)
        for name, digest in origin["input_hashes"].items()
    ]
    return rows


def flat(settings: dict, before: str = "") -> list[tuple[str, object]]:
    """Return nested settings as pairs of dotted name and value."""
    found = []
    for name, value in settings.items():
        if isinstance(value, dict):
            found += flat(value, f"{before}{name}.")
        else:
            found.append((before + name, value))
    return found


def _shown(read, figures: dict | None) -> str:
    try:
        value = read(figures)
    except (TypeError, KeyError):  # that part of the figures is missing
        return ""
    return "" if value is None else _word(value)


def _word(value) -> str:
    if isinstance(value, list):
        return " ".join(_word(item) for item in value)
    return f"{value:.4g}" if isinstance(value, float) else str(value)
