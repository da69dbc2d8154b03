"""Training as fast as it goes: memory stays flat, frames keep coming, nothing is said on the way."""

from __future__ import annotations

import sys
from dataclasses import replace

import psutil
from app_under_test import AppUnderTest
from pytestqt.qtbot import QtBot

MEGABYTE = 2**20


def go_on(app: AppUnderTest, frames: int, steps: int) -> None:
    """Let it paint at least so many frames and train so many steps more; a window that stands still fails here."""
    painted, step = app.window.plot.repaints, app.frame.step
    app.wait_until(lambda: app.window.plot.repaints - painted >= frames and app.frame.step - step >= steps)


def test_training_flat_out_leaves_memory_flat(qtbot: QtBot) -> None:
    app = AppUnderTest(qtbot)
    app.app.editing.set_settings(replace(app.app.document.state.settings, steps=None, batch_size=None))
    app.full_speed()
    app.app.playback.set_playing(True)
    process = psutil.Process()
    # The history of losses fills up and the caches of text and icons warm in the first part.
    go_on(app, 50, 200_000)
    memory, references = process.memory_info().rss, sys.getrefcount(None)
    go_on(app, 150, 500_000)
    assert process.memory_info().rss - memory < 16 * MEGABYTE
    # A binding that lost a reference to None with every call that returns it would lose thousands here.
    assert sys.getrefcount(None) > references - 500
    assert app.message == app.window.status_line._hint
    app.close()
