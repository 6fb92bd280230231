"""The recipes of vpreg as what a worker drives."""

from __future__ import annotations

from collections.abc import Sequence

from vpreg.progress import Progress, Stage
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.register import register
from vpreg.recipes.result import Result
from vpreg.recipes.settings import Recipe, Settings
from vpreg.recipes.sparse import register_sparse
from vpreg.recipes.sparse_settings import SparseSettings
from vpreg.report.page import write_report
from vpreg.worker.engine import Engine
from vpreg.worker.memory_plans import register_within_memory
from vpreg.worker.sparse_inputs import read_sparse_inputs

ONLY_WITH_VOLUMES = {Stage.MASK, Stage.VOLUME}


def real_engine() -> Engine:
    """Return the engine with the recipes of vpreg."""
    return Engine(
        read_settings=Settings.from_json_dict,
        stages=stages_of,
        register=register_scans,
        write_report=write_report,
        sparse=Engine(
            read_settings=SparseSettings.from_json_dict,
            stages=lambda settings: stages_of(settings.registration),
            register=register_sparse,
            write_report=write_report,
            read_inputs=read_sparse_inputs,
        ),
    )


def register_scans(inputs: Inputs, *, settings: Settings, progress: Progress) -> Result:
    """Register with as much memory as there is."""
    return register_within_memory(inputs, settings, progress, register=_register)


def _register(inputs: Inputs, settings: Settings, progress: Progress) -> Result:
    return register(inputs, settings=settings, progress=progress)


def stages_of(settings: Settings) -> Sequence[Stage]:
    """Name the stages that a registration with these settings goes through."""
    if settings.recipe is Recipe.SIMILARITY:
        return [stage for stage in Stage if stage not in ONLY_WITH_VOLUMES]
    return list(Stage)
