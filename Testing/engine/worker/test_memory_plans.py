"""When memory runs out, less of it is used, then the CPU, with a warning."""

from __future__ import annotations

import pytest
import torch

from Testing.engine.worker.small_results import GRID, MOVING_GRID, blob, small_result
from vpreg.progress import Progress, Silent
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.register import register
from vpreg.recipes.result import Result
from vpreg.recipes.settings import Settings
from vpreg.worker.memory_plans import register_within_memory

INPUTS = Inputs(fixed=blob(GRID), moving=blob(MOVING_GRID))
NO_MEMORY = "CUDA out of memory. Tried to allocate 2.00 GiB."
FAULT = "a fault of the program"
CUDA = Settings(device="cuda")


class SmallDevice:
    """A device that holds no level finer than `finest`, beside a CPU that holds everything."""

    def __init__(self, *, finest: int, cpu: bool = True) -> None:
        self.finest, self.cpu = finest, cpu
        self.tried: list[Settings] = []

    def __call__(self, inputs: Inputs, settings: Settings, _progress: Progress) -> Result:
        self.tried.append(settings)
        finest = min(settings.similarity.factors + settings.volume.solver.factors)
        if (settings.device != "cpu" or not self.cpu) and finest < self.finest:
            raise torch.OutOfMemoryError(NO_MEMORY)
        return small_result(inputs)


def run(device: SmallDevice, settings: Settings) -> list[str]:
    result = register_within_memory(INPUTS, settings, Silent(), register=device)
    return result.provenance.warnings[1:]


def test_what_fits_is_left_alone() -> None:
    device = SmallDevice(finest=1)

    assert run(device, CUDA) == []
    assert device.tried == [CUDA]


def test_the_next_plan_leaves_the_finest_level_out_and_says_so() -> None:
    device = SmallDevice(finest=2)

    (warning,) = run(device, CUDA)

    assert "voxels twice as large" in warning
    assert device.tried[1].device == "cuda"
    assert device.tried[1].similarity.factors == (4, 2)
    assert device.tried[1].volume.solver.factors == (2,)


def test_the_last_plan_is_the_cpu_at_full_resolution() -> None:
    device = SmallDevice(finest=8)

    (warning,) = run(device, CUDA)

    assert "on the CPU" in warning
    assert [one.device for one in device.tried] == ["cuda", "cuda", "cpu"]
    assert device.tried[2].similarity == CUDA.similarity


def test_a_cpu_without_the_memory_has_the_leaner_plan_and_then_fails() -> None:
    device = SmallDevice(finest=8, cpu=False)

    with pytest.raises(torch.OutOfMemoryError):
        run(device, Settings(device="cpu"))
    assert [min(one.similarity.factors) for one in device.tried] == [1, 2]


def test_other_faults_are_not_tried_again() -> None:
    tried = []

    def broken(_inputs: Inputs, settings: Settings, _progress: Progress) -> Result:
        tried.append(settings)
        raise RuntimeError(FAULT)

    with pytest.raises(RuntimeError, match=FAULT):
        register_within_memory(INPUTS, CUDA, Silent(), register=broken)
    assert len(tried) == 1


def test_the_tensors_of_a_failed_plan_are_let_go_before_the_next() -> None:
    alive: list[int] = []

    class Heavy:
        def __del__(self) -> None:
            alive.append(-1)

    def greedy(inputs: Inputs, _settings: Settings, _progress: Progress) -> Result:
        heavy = Heavy()
        alive.append(1)
        if len(alive) == 1:
            raise MemoryError(heavy)
        assert sum(alive) == 1
        return small_result(inputs)

    register_within_memory(INPUTS, CUDA, Silent(), register=greedy)


def test_the_leaner_plan_registers() -> None:
    lean = []

    def first_fails(inputs: Inputs, settings: Settings, progress: Progress) -> Result:
        lean.append(settings)
        if len(lean) == 1:
            raise MemoryError
        return register(inputs, settings=settings, progress=progress)

    settings = Settings(device="cpu", preset="generic")
    result = register_within_memory(INPUTS, settings, Silent(), register=first_fails)

    assert result.final.u.abs().max() > 0
    assert result.provenance.settings["similarity"]["factors"] == [4, 2]
    assert len(result.provenance.warnings) == 1
