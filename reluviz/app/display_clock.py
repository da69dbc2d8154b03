"""The display's own pace: the window pulls at the screen's rate, nobody pushes."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

_FALLBACK_RATE = 60.0
_NUMBERS_SECONDS = 0.1
_RATE_SECONDS = 0.5


class DisplayClock(QObject):
    """`tick()` once per screen refresh; the others ten times a second, for what is read and not watched.

    `numbers_tick()` and `curves_tick()` fall into different frames, so that no frame pays for both.
    """

    tick = Signal()
    numbers_tick = Signal()
    curves_tick = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(int(1000 / self._screen_rate()))
        self._timer.timeout.connect(self._on_timeout)
        self._last_slow = 0.0
        self._is_numbers_turn = True

    @staticmethod
    def _screen_rate() -> float:
        screen = QGuiApplication.primaryScreen()
        rate = screen.refreshRate() if screen is not None else _FALLBACK_RATE
        return min(240.0, max(30.0, rate)) if rate > 0 else _FALLBACK_RATE

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _on_timeout(self) -> None:
        self.tick.emit()
        now = time.monotonic()
        if now - self._last_slow >= _NUMBERS_SECONDS / 2:
            self._last_slow = now
            self._is_numbers_turn = not self._is_numbers_turn
            (self.numbers_tick if self._is_numbers_turn else self.curves_tick).emit()


class FrameRate:
    """Frames per second from a running count of painted frames."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._count = 0
        self.per_second = 0.0

    def update(self, count: int) -> float:
        """The rate over the last half second or so, given the number of frames painted since the start."""
        elapsed = time.monotonic() - self._since
        if elapsed >= _RATE_SECONDS:
            self.per_second = (count - self._count) / elapsed
            self._since += elapsed
            self._count = count
        return self.per_second
