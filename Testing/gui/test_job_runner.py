"""The end of a job: request, then terminate, then kill, by a clock that tests turn."""

from __future__ import annotations

import json

import pytest
from VolumePreservingRegLib.run.job_folder import JobFolder
from VolumePreservingRegLib.run.job_runner import Ending, Failure, JobEars, JobRunner, State
from VolumePreservingRegLib.run.messages import Finished, Progress
from VolumePreservingRegLib.run.process import Command, Ended

COMMAND = Command("python", [], {})


class Clock:
    """Calls functions when the test says that their time has come."""

    def __init__(self):
        self.now_ms, self.waiting = 0, []

    def later(self, milliseconds, function):
        """Note what is due when."""
        self.waiting.append((self.now_ms + milliseconds, function))

    def pass_ms(self, milliseconds):
        """Let time pass."""
        self.now_ms += milliseconds
        due = [one for one in self.waiting if one[0] <= self.now_ms]
        self.waiting = [one for one in self.waiting if one[0] > self.now_ms]
        for _, function in due:
            function()


class FakeProcess:
    """Notes what is done to it."""

    def __init__(self, *, ends_after=()):
        self.done, self.ends_after, self.ended = [], ends_after, False

    def start(self, _command, ears):
        self.ears = ears

    def close_input(self):
        self._do("close input")

    def terminate(self):
        self._do("terminate")

    def kill(self):
        self._do("kill")

    def wait(self, _milliseconds):
        if not self.ended and set(self.done) & set(self.ends_after):
            self.end()
        return self.ended

    def end(self, status=None):
        self.ended = True
        self.ears.ended(Ended(status))

    def say(self, **parts):
        self.ears.output(json.dumps(parts).encode() + b"\n")

    def _do(self, what):
        self.done.append(what)


class Heard:
    """Notes what a runner tells."""

    def __init__(self):
        self.progress, self.log, self.ends = [], [], []

    def ears(self):
        return JobEars(
            self.progress.append,
            self.log.append,
            self.log.append,
            self.ends.append,
            self.ends.append,
        )


class Run:
    """A job that has been started."""

    def __init__(self, path, **how):
        self.clock, self.process, self.heard = Clock(), FakeProcess(**how), Heard()
        self.folder = JobFolder(path)
        self.runner = JobRunner(lambda: self.process, later=self.clock.later)
        self.runner.start(COMMAND, self.folder, self.heard.ears())


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def test_progress_is_handed_on(run):
    run.process.say(event="progress", stage="Measuring", fraction=0.5, eta_s=3)

    assert run.heard.progress == [Progress("Measuring", 0.5, 3.0)]


def test_a_line_in_two_pieces_and_two_lines_in_one_are_understood(run):
    text = b'{"event": "warning", "message": "a"}\n{"event": "warning", "message": "b"}\n'

    run.process.ears.output(text[:20])
    run.process.ears.output(text[20:])

    assert [one.text for one in run.heard.log] == ["a", "b"]


def test_what_is_no_message_goes_to_the_log(run):
    run.process.ears.output(b"Hello\n[1]\n")

    assert run.heard.log == ["Hello\n", "[1]\n"]


def test_a_result_is_told_once_the_process_has_ended(run, tmp_path):
    run.process.say(event="finished", folder=str(tmp_path), report=None, figures={}, seconds=2)
    before_the_end = list(run.heard.ends)
    run.process.end(0)

    assert before_the_end == []
    assert run.heard.ends == [Finished(tmp_path, None, {}, 2.0)]
    assert run.runner.state is State.IDLE


def test_a_last_line_without_its_end_counts(run):
    run.process.ears.output(b'{"event": "failed", "code": "bad_input", "message": "Empty."}')
    run.process.end(2)

    assert run.heard.ends == [Failure(Ending.BAD_INPUT, "Empty.")]


def test_a_process_that_ends_without_a_word_has_died(run):
    run.process.end()

    assert run.heard.ends == [Failure(Ending.DIED)]


def test_a_program_that_is_not_there_says_so(run):
    run.process.ears.ended(Ended(None, "No such file"))

    assert run.heard.ends == [Failure(Ending.NOT_STARTED, "No such file")]


def test_canceling_asks_first(run):
    run.runner.cancel()

    assert run.process.done == ["close input"]
    assert run.folder.cancel_file.exists()
    assert run.runner.state is State.ASKED


def test_canceling_terminates_after_five_seconds_and_kills_two_later(run):
    run.runner.cancel()

    run.clock.pass_ms(4999)
    at_5_s = list(run.process.done)
    run.clock.pass_ms(1)
    run.clock.pass_ms(1999)
    at_7_s = list(run.process.done)
    run.clock.pass_ms(1)

    assert at_5_s == ["close input"]
    assert at_7_s == ["close input", "terminate"]
    assert run.process.done == ["close input", "terminate", "kill"]


def test_a_worker_that_obeys_is_left_alone(run):
    run.runner.cancel()
    run.process.end(3)
    run.clock.pass_ms(10_000)

    assert run.process.done == ["close input"]
    assert run.heard.ends == [Failure(Ending.CANCELLED)]


def test_the_clock_of_an_old_job_does_not_touch_a_new_one(run):
    run.runner.cancel()
    run.process.end(3)
    old, run.process = run.process, FakeProcess()
    run.runner.start(COMMAND, run.folder, run.heard.ears())

    run.clock.pass_ms(10_000)

    assert run.process.done == []
    assert old.done == ["close input"]


def test_a_result_that_comes_after_the_wish_to_end_is_none(run, tmp_path):
    run.runner.cancel()
    run.process.say(event="finished", folder=str(tmp_path), seconds=1)
    run.process.end(0)

    assert run.heard.ends == [Failure(Ending.CANCELLED)]


@pytest.mark.parametrize(
    ("ends_after", "steps"),
    [
        ("close input", ["close input"]),
        ("terminate", ["close input", "terminate"]),
        ("kill", ["close input", "terminate", "kill"]),
    ],
)
def test_ending_at_once_takes_no_longer_than_it_must(tmp_path, ends_after, steps):
    run = Run(tmp_path, ends_after=(ends_after,))

    run.runner.end_now()

    assert run.process.done == steps
    assert run.runner.state is State.IDLE


def test_there_is_one_job_at_a_time(run):
    with pytest.raises(RuntimeError, match="one at a time"):
        run.runner.start(COMMAND, run.folder, run.heard.ears())
