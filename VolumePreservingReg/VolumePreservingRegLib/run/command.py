"""What starts the worker."""

from __future__ import annotations

from VolumePreservingRegLib.engine_location import engine_folder
from VolumePreservingRegLib.run.environment import core_count, worker_environment
from VolumePreservingRegLib.run.executable import find_interpreter
from VolumePreservingRegLib.run.job_folder import JobFolder
from VolumePreservingRegLib.run.process import Command

WORKER = "vpreg.worker"


def worker_command(folder: JobFolder, *, hide_gpu: bool, program: str = WORKER) -> Command:
    """Return the command for the job in a folder; `program` is a module of the engine."""
    interpreter = find_interpreter()
    return Command(
        program=interpreter.program,
        arguments=("-u", "-m", program, str(folder.job_file)),
        environment=worker_environment(
            interpreter.environment, engine=engine_folder(), cores=core_count(), hide_gpu=hide_gpu
        ),
    )
