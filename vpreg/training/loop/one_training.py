"""Let one training at a time work in a folder.

The lock is the system's: it ends with the process that holds it, however that ends. The file it
is held on stays, for whoever removes it could remove the lock of the next one.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from vpreg.training.loop.keeper import Keeper

if TYPE_CHECKING:
    from lightning_fabric import Fabric

LOCK = ".training.lock"

if sys.platform == "win32":
    import msvcrt

    # What is locked cannot be read by others there: far behind the words about the holder.
    FAR = 1 << 30

    def _lock(file: BinaryIO) -> None:
        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_training(folder: Path) -> Iterator[None]:
    """Make the folder and hold it; ValueError, and nothing written, while another training does."""
    with ExitStack() as held:
        with Keeper(folder).writing():
            folder.mkdir(parents=True, exist_ok=True)
            file = held.enter_context((folder / LOCK).open("a+b"))
        if not _is_taken(file):
            file.seek(0)
            holder = file.read().decode(errors="replace") or "another process"
            msg = (
                f"Wait until the training in {folder} is over, stop it, or choose another folder: "
                f"{holder} trains there."
            )
            raise ValueError(msg)
        with Keeper(folder).writing():
            file.truncate(0)
            file.write(f"process {os.getpid()} on {platform.node() or 'this machine'}".encode())
            file.flush()
        yield


@contextmanager
def only_training_of_all(fabric: Fabric, folder: Path) -> Iterator[None]:
    """Let the first of several processes hold the folder; all raise ValueError if it cannot."""
    refusal = ""
    with ExitStack() as held:
        if fabric.is_global_zero:
            try:
                held.enter_context(only_training(folder))
            except ValueError as error:
                refusal = str(error)
        # The others would wait for a first process that has gone.
        refusal = fabric.broadcast(refusal)
        if refusal:
            raise ValueError(refusal)
        yield


def _is_taken(file: BinaryIO) -> bool:
    """Try to take the lock; False while another process holds it."""
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        # Some network disks know no locks: rather unguarded there than not at all.
        return True
    return True
