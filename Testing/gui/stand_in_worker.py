"""A worker that registers nothing: it says what a worker says, and ends when it is asked to.

    python stand_in_worker.py JOB WHAT [ARGUMENT …]

WHAT: finish FOLDER · stay STAGE · fail CODE MESSAGE · chatter COUNT · deaf · vanish
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

STAGES = (
    "Reading the scans",
    "Rough alignment",
    "Similarity-only registration",
    "Soft tumor mask",
    "Volume-preserving registration",
    "Measuring",
    "Writing the results",
)
ENDED_BY_OWNER = 3


def say(**parts):
    """Write one line."""
    sys.stdout.write(json.dumps(parts) + "\n")
    sys.stdout.flush()


def progress(index, fraction=0.5):
    """Say how far the job is."""
    whole = (index + fraction) / len(STAGES)
    say(event="progress", stage=STAGES[index], fraction=whole, eta_s=10 * (1 - whole))


def end_with_owner(cancel_file):
    """End as soon as the standard input closes or the cancel file is there."""

    def listen():
        while os.read(0, 4096):
            pass
        leave()

    def look():
        while not cancel_file.exists():
            time.sleep(0.02)
        leave()

    def leave():
        say(event="failed", code="cancelled", message="Stopped, and nothing was written.")
        os._exit(ENDED_BY_OWNER)

    for wait in (listen, look):
        threading.Thread(target=wait, daemon=True).start()


def finish(job, folder):
    """Hand out a result that was made before."""
    for index in range(len(STAGES)):
        progress(index)
        time.sleep(0.01)
    say(event="warning", message="The scans were hard to align.")
    shutil.copytree(folder, job["output"])
    say(event="finished", folder=job["output"], report=None, figures={}, seconds=1.5)


def stay(_job, stage):
    """Reach a stage and remain there."""
    for index in range(STAGES.index(stage) + 1):
        progress(index)
    time.sleep(60)


def fail(_job, code, message):
    """Say why there is no result."""
    progress(0)
    sys.stderr.write("Traceback: somewhere\n")
    say(event="failed", code=code, message=message)
    sys.exit(1)


def chatter(_job, count):
    """Say more than anybody wants to hear, then stay."""
    for number in range(int(count)):
        progress(number * len(STAGES) // int(count))
        sys.stderr.write(f"note {number}\n")
    say(event="warning", message="That was all.")
    time.sleep(60)


def deaf(_job):
    """Ignore every wish."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    progress(0)
    time.sleep(60)


def vanish(_job):
    """Be killed by the system."""
    progress(1)
    os.kill(os.getpid(), signal.SIGKILL)


def main():
    """Do what the words say."""
    job = json.loads(Path(sys.argv[1]).read_text())
    what, *arguments = sys.argv[2:]
    if what != "deaf":
        end_with_owner(Path(job["cancel_file"]))
    globals()[what](job, *arguments)


if __name__ == "__main__":
    main()
