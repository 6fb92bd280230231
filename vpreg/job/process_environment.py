"""The environment in which a process computes fastest."""

from __future__ import annotations

from collections.abc import Mapping

_MALLOC = {"mmap_max": "0", "trim_threshold": "100000000000", "tcache_count": "0"}

FOR_COMPUTING: Mapping[str, str] = {
    # Where cores are shared, threads that spin while they wait starve the rest.
    "OMP_WAIT_POLICY": "PASSIVE",
    # Torch makes a fresh tensor for each operation. As a rule glibc fetches a block of more than
    # 32 MiB from the system and gives it back at once, and the page faults of a new block cost more
    # than most operations on it; so let freed blocks be kept (docs/adr/0015). Without glibc this
    # says nothing.
    "GLIBC_TUNABLES": ":".join(f"glibc.malloc.{name}={value}" for name, value in _MALLOC.items()),
}
"""What a process finds unless the user has set it otherwise; it must be there at its start."""
