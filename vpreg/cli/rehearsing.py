"""Say what a training will need."""

from __future__ import annotations

from vpreg.cli.figures import print_sentence, print_table
from vpreg.cli.train_progress import bar_of_checks
from vpreg.cli.train_words import duration
from vpreg.training.loop.rehearse import StageNeeds, rehearse
from vpreg.training.settings import TrainingSettings

GIB = 2**30


def rehearse_config(settings: TrainingSettings) -> None:
    """Check config and data, print what every stage needs, and write nothing."""
    with bar_of_checks() as progress:
        stages = rehearse(settings, progress=progress)
    for needs in stages:
        print_table(f"{needs.stage.model} ({needs.stage.kind.value})", lines_of(needs))
    total = sum(needs.seconds for needs in stages)
    print_sentence(f"Config and data can be trained on. On this machine: about {duration(total)}.")


def lines_of(needs: StageNeeds) -> list[tuple[str, str]]:
    """Return what a stage needs, as a person reads it."""
    memory = needs.memory_bytes
    return [
        ("steps", str(needs.stage.steps)),
        ("parameters", f"{needs.parameters:,}".replace(",", " ")),
        ("memory", "not known" if memory is None else f"{memory / GIB:.1f} GiB"),
        ("seconds a step", f"{needs.step_seconds:.2f}"),
        ("seconds to make a pair", f"{needs.pair_seconds:.2f}"),
        ("seconds a validation", f"{needs.validation_seconds:.1f}"),
        ("expected time", duration(needs.seconds)),
    ]
