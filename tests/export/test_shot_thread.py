"""The thread that prepares a film: whatever becomes of it, whoever waits hears of it."""

from __future__ import annotations

import threading

import pytest

from reluviz.core.film import FilmCancelled, GoOn
from reluviz.export.shot_feed import ShotFeed
from reluviz.export.shot_thread import Prepared


def feed(error: Exception, changed: threading.Event) -> ShotFeed:
    def prepare(go_on: GoOn) -> Prepared:
        raise error

    return ShotFeed(prepare, lambda film: range(len(film)), changed.set)


@pytest.mark.parametrize(
    ("error", "message"), [(ValueError("no\nrun"), "no run"), (MemoryError(), "not enough memory")]
)
def test_what_cannot_be_is_told_in_one_line(error: Exception, message: str) -> None:
    changed = threading.Event()
    shots = feed(error, changed)
    shots.start()
    assert changed.wait(60)
    assert shots.failure == message
    shots.cancel()


def test_an_error_in_the_program_is_told_and_goes_to_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: logged.append(arguments.exc_type))
    changed = threading.Event()
    shots = feed(ZeroDivisionError(), changed)
    shots.start()
    assert changed.wait(60)
    assert shots.failure == "an error in the program"
    shots.cancel()
    assert logged == [ZeroDivisionError]


def test_nothing_is_told_of_what_was_cancelled() -> None:
    changed = threading.Event()
    shots = feed(FilmCancelled(), changed)
    shots.start()
    shots.cancel()
    assert shots.failure is None
    assert not changed.is_set()
