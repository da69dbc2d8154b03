from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from reluviz.app import display_clock
from reluviz.app.display_clock import DisplayClock, FrameRate


def test_numbers_come_more_slowly_than_frames(qtbot: QtBot) -> None:
    clock = DisplayClock()
    counts = {"tick": 0, "numbers": 0}
    clock.tick.connect(lambda: counts.update(tick=counts["tick"] + 1))
    clock.numbers_tick.connect(lambda: counts.update(numbers=counts["numbers"] + 1))
    clock.start()
    qtbot.waitUntil(lambda: counts["numbers"] >= 3)
    clock.stop()
    assert counts["tick"] >= 2 * counts["numbers"]


def test_the_frame_rate_is_frames_by_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(display_clock, "time", SimpleNamespace(monotonic=lambda: now[0]))
    rate = FrameRate()
    assert rate.update(10) == 0.0
    now[0] += 2.0
    assert rate.update(120) == 60.0
