"""A process behaves as in Slicer: signals by signature, text in, bytes out."""

from __future__ import annotations

import sys

import pytest

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def process():
    import qt

    process = qt.QProcess()
    yield process
    process.kill()
    process.waitForFinished(2000)


@pytest.fixture
def ended(process):
    ended = []
    process.connect(
        "finished(int,QProcess::ExitStatus)",
        lambda code, status: ended.append((int(code), int(status))),
    )
    return ended


def test_a_child_reads_text_until_its_input_is_closed(clean, process, ended):
    heard = []
    process.connect(
        "readyReadStandardOutput()",
        lambda: heard.append(process.readAllStandardOutput().data()),
    )
    process.start(sys.executable, ["-c", "import sys; print(sys.stdin.read().upper())"])

    assert process.waitForStarted(5000)
    assert process.write("hello\n") == 6
    process.closeWriteChannel()
    clean.wait_until(lambda: ended)

    assert b"".join(heard).strip() == b"HELLO"
    assert ended == [(0, 0)]


def test_a_terminated_child_counts_as_crashed(clean, process, ended):
    process.start(sys.executable, ["-c", "import time; time.sleep(60)"])
    assert process.waitForStarted(5000)

    process.terminate()
    clean.wait_until(lambda: ended)

    assert ended == [(15, 1)]


def test_a_missing_program_only_reports_an_error(clean, process, ended):
    errors = []
    process.connect(
        "errorOccurred(QProcess::ProcessError)", lambda error: errors.append(int(error))
    )

    process.start("/nowhere/python-real", [])
    clean.wait_until(lambda: errors)

    assert (errors, ended) == ([0], [])
    assert process.errorString()
