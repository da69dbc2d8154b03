"""Work in a thread: how it is told of, broken off, and how it fails."""

from __future__ import annotations

import threading

import pytest

from reluviz.app.job import Job

SECONDS = 60_000


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
    job.join()


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
    job.join()
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
