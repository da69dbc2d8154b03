"""Ten seconds of training as fast as it goes: memory stays flat, frames keep coming, nothing is said on the way."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import psutil
from app_under_test import AppUnderTest
from pytestqt.qtbot import QtBot

SECONDS = 10.0
MEGABYTE = 2**20


def test_ten_seconds_flat_out_leave_memory_flat(qtbot: QtBot) -> None:
    app = AppUnderTest(qtbot)
    app.app.editing.set_settings(replace(app.app.document.state.settings, steps=None, batch_size=None))
    app.full_speed()
    app.app.playback.set_playing(True)
    process = psutil.Process()
    begin = time.monotonic()
    # The history of losses fills up and the caches of text and icons warm in the first part.
    app.wait_until(lambda: time.monotonic() - begin > SECONDS / 3)
    memory, references = process.memory_info().rss, sys.getrefcount(None)
    painted, step = app.window.plot.repaints, app.frame.step
    app.wait_until(lambda: time.monotonic() - begin > SECONDS)
    assert process.memory_info().rss - memory < 16 * MEGABYTE
    # A binding that lost a reference to None with every call that returns it would lose thousands here.
    assert sys.getrefcount(None) > references - 500
    assert app.window.plot.repaints - painted > 40
    assert app.frame.step > step
    assert app.message == app.window.status_line._hint
    app.window.close()
