"""Run one peer in this process: `python -m registration.peer_process PEER TASK_DIR ANSWER_DIR`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from registration.handover import read_task, write_answer, write_problem
from registration.peak_memory import peak_mib
from registration.roster import PEERS


def main() -> None:
    """Run the peer, and leave its answer or a sentence why there is none."""
    name, task_folder, answer_folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    peer = PEERS[name]
    try:
        module = importlib.import_module(peer.module)
        answer = module.register(read_task(task_folder), answer_folder, **peer.options)
    except ImportError as error:
        need = f"Install {peer.package} to compare with {peer.title}: {error}."
        write_problem(answer_folder, need)
    else:
        write_answer(answer_folder, answer, peak_mib())


if __name__ == "__main__":
    main()
