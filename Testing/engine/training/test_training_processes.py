"""Several processes train one network, each on pairs of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from Testing.engine.training.test_training_resume import steps_in_log
from Testing.engine.training.training_cases import run_training, tiny_settings
from vpreg.training.loop.one_training import LOCK, only_training

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
from pathlib import Path
from Testing.engine.training.training_cases import Blobs, tiny_settings
from vpreg.training.loop.train import train

class Shared(Blobs):
    def pair(self, step):
        return super().pair(step * 2 + self.rank)

def open_source(settings, fabric, progress):
    source = Shared(settings.data.home)
    source.rank = fabric.global_rank
    return source

folder = Path(sys.argv[1])
train(
    tiny_settings(folder.parent, stages="similarity = 4", machine="devices = 2"),
    folder,
    listener=lambda event: None,
    stop_wanted=lambda: False,
    open_source=open_source,
)
"""


def train_by_two(folder: Path, program: Path) -> subprocess.CompletedProcess[str]:
    """Train in two processes; a wait of one for the other that has gone would run out of time."""
    program.write_text(PROGRAM)
    return subprocess.run(
        [sys.executable, str(program), str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_two_processes_learn_what_one_learns_with_a_batch_of_two(tmp_path: Path) -> None:
    batch = tiny_settings(tmp_path, stages="similarity = 4", optimizer="batch = 2")

    done = train_by_two(tmp_path / "two", tmp_path / "two.py")

    assert done.returncode == 0, done.stderr
    two = load_file(tmp_path / "two" / "tiny.safetensors")
    one = load_file(run_training(batch, tmp_path / "one").models[0])
    assert all(torch.allclose(two[name], one[name], atol=1e-6) for name in one)
    assert steps_in_log(tmp_path / "two") == [1, 2, 3, 4]


def test_all_processes_end_where_another_training_holds_the_folder(tmp_path: Path) -> None:
    with only_training(tmp_path / "two"):
        done = train_by_two(tmp_path / "two", tmp_path / "two.py")

    assert done.returncode == 1
    assert done.stderr.count(f"ValueError: Wait until the training in {tmp_path / 'two'}") == 2
    assert [path.name for path in (tmp_path / "two").iterdir()] == [LOCK]
