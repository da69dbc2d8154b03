"""Work in a thread: how it is told of, broken off, and how it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reluviz.app.job import Job

SECONDS = 60_000

# The window has closed, the job is gone, and its thread is in the middle of a step.
AT_THE_END = """
import sys, threading, time
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from reluviz.app.job import Job

def paint(go_on):
    begun.set()
    while time.monotonic() < end:
        image = QImage(300, 300, QImage.Format.Format_ARGB32)
        painter = QPainter(image)
        painter.drawText(20, 20, "text")
        painter.end()
    print("painted", flush=True)

def close():
    job.cancel()
    job.deleteLater()
    application.quit()

application = QApplication([])
begun, end = threading.Event(), time.monotonic() + 1.0
job = Job(paint)
job.start()
begun.wait()
QTimer.singleShot(0, close)
sys.exit(application.exec())
"""


def has_ended():
    return not any(thread.name == "picture" for thread in threading.enumerate())


def test_tells_how_far_it_is_and_what_came_of_it(qtbot):
    steps = threading.Semaphore(0)

    def work(go_on):
        for part in (0.25, 0.5):
            assert go_on(part)
            assert steps.acquire(timeout=60)
        return "made", threading.current_thread()

    job: Job[tuple[str, threading.Thread]] = Job(work)
    seen = []
    job.progressed.connect(lambda: seen.append(job.part))
    with qtbot.waitSignal(job.finished, timeout=SECONDS):
        job.start()
        qtbot.waitUntil(lambda: seen == [0.25], timeout=SECONDS)
        steps.release()
        qtbot.waitUntil(lambda: seen == [0.25, 0.5], timeout=SECONDS)
        steps.release()
    word, thread = job.result
    assert word == "made"
    assert thread is not threading.current_thread()


def test_is_silent_once_it_is_cancelled(qtbot):
    may_go_on, answers = threading.Event(), []

    def work(go_on):
        assert may_go_on.wait(60)
        answers.append(go_on(0.5))
        return "made"

    job: Job[str] = Job(work)
    said = []
    for signal in (job.progressed, job.finished, job.failed):
        signal.connect(lambda *what: said.append(what))
    job.start()
    job.cancel()
    may_go_on.set()
    qtbot.waitUntil(has_ended, timeout=SECONDS)
    qtbot.wait(0)
    assert answers == [False]
    assert said == []


@pytest.mark.parametrize(
    ("error", "message"),
    [(OSError("the disk\nis full"), "the disk is full"), (MemoryError(), "not enough memory")],
)
def test_fails_in_one_line(qtbot, error, message):
    def work(go_on):
        raise error

    job: Job[None] = Job(work)
    with qtbot.waitSignal(job.failed, timeout=SECONDS) as failed:
        job.start()
    assert failed.args == [message]


def test_the_program_ends_after_the_step_that_it_is_in():
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_END], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "painted\n", "")
