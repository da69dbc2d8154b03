"""The whole window: how soon it is there, and how it runs while training flat out. Part of `frames.py`."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from reluviz.app.application import SWITCH_SECONDS, Application
from reluviz.core.frame import Frame
from reluviz.core.settings import TrainingSettings
from reluviz.document.examples import load_example
from reluviz.document.opened import OpenedDocument
from reluviz.document.state import opened_state
from reluviz.training.job import Job
from reluviz.training.session import TrainingSession

EXAMPLES = ("sine-by-5-relus", "sine-by-100-relus")
STARTS = 5
ROOT = Path(__file__).parents[2]

# Prints the time at which the window has been painted, and closes it.
START_SCRIPT = """
import sys, time
from reluviz.app import application
shown = application.Application.show
def show(self):
    def on_painted():
        print(time.time())
        application.QTimer.singleShot(0, self.window.close)
    self.window.painted.connect(on_painted)
    shown(self)
application.Application.show = show
from reluviz.cli import main
sys.exit(main([]))
"""


class PaintTimes(QObject):
    """When a widget was painted, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.times.append(time.perf_counter())
        return False


def start_seconds(starts: int = STARTS) -> list[float]:
    """Seconds from the start of the process to the painted window; the first start, which fills caches, is left out."""
    measured = []
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "PYTHONPATH": str(ROOT)}
        for _ in range(starts + 1):
            begin = time.time()
            run = subprocess.run(
                [sys.executable, "-c", START_SCRIPT],
                env=environment,
                capture_output=True,
                text=True,
                timeout=120,
                check=True,
            )
            measured.append(float(run.stdout) - begin)
    return measured[1:]


def endless(settings: TrainingSettings) -> TrainingSettings:
    """Full batch, without a stop."""
    return replace(settings, steps=None, batch_size=None)


def steps_per_second_alone(opened: OpenedDocument, seconds: float) -> float:
    """What the worker makes when there is no window."""
    state = opened_state(opened)
    session = TrainingSession()
    session.compile_kernels()
    session.follow(
        Job(state.target, state.sampling, state.start, endless(state.settings), state.locks, state.network, 0)
    )
    session.play()

    def next_frame() -> tuple[Frame, float]:
        while True:
            frame = session.take_frame()
            if frame is not None and frame.step > 0:
                return frame, time.perf_counter()
            time.sleep(0.002)

    first, _ = next_frame()
    time.sleep(1.0)
    first, begin = next_frame()
    time.sleep(seconds)
    session.take_frame()
    last, end = next_frame()
    session.close()
    return (last.step - first.step) / (end - begin)


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def flat_out(example: str, seconds: float) -> dict[str, float]:
    """The window with an example open, training as fast as it goes: frames and steps."""
    opened = load_example(example)
    alone = steps_per_second_alone(opened, min(seconds, 3.0))
    sys.setswitchinterval(SWITCH_SECONDS)
    application = Application(opened)
    application.window.resize(1280, 800)
    application.editing.set_settings(endless(application.document.state.settings))
    application.playback.set_speed(None)
    application.show()
    painted = PaintTimes()
    application.window.plot.viewport().installEventFilter(painted)
    application.session.compile_kernels()
    while not application.session.is_compiled:
        wait(0.05)
    application.playback.set_playing(True)
    wait(1.5)
    painted.times.clear()
    step, begin = application.document.frame.step, time.perf_counter()
    wait(seconds)
    steps, elapsed = application.document.frame.step - step, time.perf_counter() - begin
    application.close()
    application.window.close()
    frames = sorted(1000.0 * (b - a) for a, b in zip(painted.times, painted.times[1:], strict=False))
    return {
        "frames_per_second": len(frames) / elapsed,
        "frame_ms_median": statistics.median(frames),
        "frame_ms_99th": frames[int(0.99 * len(frames))],
        "steps_per_second": steps / elapsed,
        "steps_per_second_alone": alone,
        "share_of_alone": steps / elapsed / alone,
    }


def measure(seconds: float = 5.0, starts: int = STARTS) -> dict[str, object]:
    """`start_seconds` (median of so many starts), and `flat_out` for each example."""
    if QApplication.instance() is None:
        QApplication(sys.argv[:1])
    return {
        "start_seconds": statistics.median(start_seconds(starts)),
        "flat_out": {example: flat_out(example, seconds) for example in EXAMPLES},
    }


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps(measure(*(float(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 1 else ())))
