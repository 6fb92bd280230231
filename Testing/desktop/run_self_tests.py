"""Run the modules' own tests in a real Slicer: `make slicer SLICER=/path/to/Slicer`."""

from __future__ import annotations

import importlib
import traceback

import slicer

MODULES = ("VolumePreservingReg", "SparseVMReg")


def run_all() -> int:
    """Run every test of both modules, print a line each, and return how many failed."""
    results = [outcome(module, name) for module in MODULES for name in names(module)]
    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed")
    return failed


def names(module: str) -> list[str]:
    """Name the tests of a module."""
    return importlib.import_module(f"{module}Lib.panel.self_tests").test_names()


def outcome(module: str, name: str) -> bool:
    """Run one test in an empty scene, and tell whether it passed."""
    test = getattr(importlib.import_module(module), f"{module}Test")()
    slicer.util.selectModule(module)
    test.setUp()
    try:
        getattr(test, name)()
    except Exception:  # noqa: BLE001 - whatever fails, the next test has to run
        print(f"FAILED {module} {name}\n{traceback.format_exc()}", flush=True)
        return False
    print(f"passed {module} {name}", flush=True)
    return True


slicer.util.exit(1 if run_all() else 0)
