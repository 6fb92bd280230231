"""Run one method on one case: `python -m sparse.one_row CASE METHOD FOLDER [MODEL]`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import torch
from registration.peak_memory import peak_mib

from sparse.cases import sparse_cases
from sparse.methods import METHODS, TRAINED
from sparse.preparation import share
from sparse.scoring import score
from sparse.thinning import Protocol


def main() -> None:
    """Leave the row as JSON in the folder; it appears whole."""
    name, method, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    told = {"model": Path(sys.argv[4])} if method == TRAINED else {}
    torch.set_num_threads(1)
    case = sparse_cases()[name]
    shared = share(case, folder, Protocol())
    start = time.perf_counter()
    laid = METHODS[method][1](shared, **told)
    call_seconds = time.perf_counter() - start
    row = {"case": name, "method": method, "seconds": laid.seconds, "call_seconds": call_seconds}
    row |= {"peak_mib": peak_mib(), **score(laid, case, shared)}
    unfinished = folder / f"{name}.{method}.part"
    unfinished.write_text(json.dumps(row), encoding="utf-8")
    unfinished.replace(folder / f"{name}.{method}.json")


if __name__ == "__main__":
    main()
