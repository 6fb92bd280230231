"""Thin real scans to a seventh of their slices and lay atlases over them.

Prints markdown: `python Testing/bench/bench_sparse.py [--quick] [--methods sparse unmasked …]
[--pairs 6] [--folder DIR] [--model PATH]`. What a folder holds already is not run again: choose
another one for another model. `train_sparse.py` makes a model. The scans are those of $VPREG_DATA;
`--table` only prints what is there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from sparse.cases import SparseCase, sparse_cases
from sparse.methods import METHODS, TRAINED
from sparse.report import report

_BENCH = Path(__file__).resolve().parent
_FIRST = ("affine", "unmasked", "sparse")


def main() -> None:
    """Run what is missing, one process each, and print the tables."""
    choices = _choices()
    with tempfile.TemporaryDirectory(prefix="vpreg-bench-") as name:
        folder = choices.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for case in [] if choices.table else _cases(choices):
            for method in _methods(choices):
                _run(case, method, folder, choices.model)
        rows = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    print(report(rows) if rows else "Set VPREG_DATA to a folder with oasis-malf or ixi-dlmuse.\n")


def _methods(choices: argparse.Namespace) -> list[str]:
    """Return what is asked for; the trained network takes part where there is one."""
    wanted = list(choices.methods or _FIRST)
    if choices.model and TRAINED not in wanted:
        wanted.append(TRAINED)
    return [method for method in wanted if method != TRAINED or choices.model]


def _run(case: SparseCase, method: str, folder: Path, model: Path | None) -> None:
    row = folder / f"{case.name}.{method}.json"
    if row.is_file():
        return
    print(f"{case.name}: {method} …", file=sys.stderr, flush=True)
    paths = [str(_BENCH), str(_BENCH.parents[1]), os.environ.get("PYTHONPATH", "")]
    threads = ("OMP_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    subprocess.run(
        [sys.executable, "-m", "sparse.one_row", case.name, method, str(folder), str(model)],
        env=environment | dict.fromkeys(threads, "1"),
        check=False,
    )


def _cases(choices: argparse.Namespace) -> list[SparseCase]:
    cases = list(sparse_cases().values())
    if choices.quick:
        return [case for case in cases if case.source == "ixi"][:1]
    sources = dict.fromkeys(case.source for case in cases)
    wanted = [source for source in sources if source in (choices.sources or sources)]
    return [
        case
        for source in wanted
        for case in [one for one in cases if one.source == source][: choices.pairs]
    ]


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one pair")
    parser.add_argument("--methods", nargs="+", choices=tuple(METHODS))
    parser.add_argument("--sources", nargs="+", choices=("oasis", "ixi"))
    parser.add_argument("--pairs", type=int, help="the first so many of each source")
    parser.add_argument("--folder", type=Path, help="where rows are kept and looked for")
    parser.add_argument("--model", type=Path, help="a network that learned with the sparse loss")
    parser.add_argument("--table", action="store_true", help="run nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
