"""Register real pairs with other tools and with ours, all from one shared affine.

Prints markdown: `python Testing/bench/bench_registration.py [--quick] [--cases oasis tumor growth]
[--names 1000 …]
[--peers greedy demons …] [--output table.md]`. The scans are those of $VPREG_DATA.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from registration.case import Case
from registration.contest import contest
from registration.detail import detail
from registration.growth import growth_cases
from registration.oasis import oasis_cases
from registration.pairing import paired
from registration.roster import PEERS
from registration.row import Row
from registration.summary import summary
from registration.tumor import tumor_cases

CASES: dict[str, Callable[..., Iterator[Case]]] = {
    "oasis": oasis_cases,
    "tumor": tumor_cases,
    "growth": growth_cases,
}


def main() -> None:
    """Run the benchmark."""
    choices = _choices()
    torch.set_num_threads(choices.threads)
    methods = [name for name in PEERS if name in _wanted(choices)]
    sections = []
    for name in CASES if "all" in choices.cases else choices.cases:
        left_out: dict[str, str] = {}
        rows: list[Row] = []
        for case in CASES[name](quick=choices.quick):
            if not _is_asked_for(case, choices.names):
                continue
            print(f"{case.group.value}: {case.name} …", file=sys.stderr, flush=True)
            rows += contest(case, methods, threads=choices.threads, left_out=left_out)
        if rows:
            sections.append(_section(rows, left_out))
            print(sections[-1], flush=True)
    if choices.output:
        choices.output.write_text("\n".join(sections), encoding="utf-8")


def _section(rows: list[Row], left_out: dict[str, str]) -> str:
    group = rows[0].group
    parts = [f"## {group.value}\n", summary(rows, group), paired(rows, group), detail(rows, group)]
    parts += [f"{sentence}\n" for sentence in left_out.values()]
    return "\n".join(part for part in parts if part)


def _is_asked_for(case: Case, names: list[str] | None) -> bool:
    return not names or any(name in case.name for name in names)


def _wanted(choices: argparse.Namespace) -> list[str]:
    if choices.peers:
        return list(choices.peers)
    return [name for name, peer in PEERS.items() if not (choices.quick and peer.slow)]


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one pair of each kind")
    parser.add_argument("--cases", nargs="+", choices=(*CASES, "all"), default=["all"])
    parser.add_argument("--names", nargs="+", help="only pairs with one of these in their name")
    parser.add_argument("--peers", nargs="+", choices=tuple(PEERS), help="only these")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--output", type=Path, help="write the tables to a file as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
