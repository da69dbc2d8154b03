"""The window with ten million samples: how soon they are there, frames, the longest pause, and memory.

Training runs flat out on all samples by a ReLU network of 100 neurons while the number of samples is changed in the
window, as a user does it. Each figure stands beside that of 1024 samples in the same run: what the machine does
otherwise counts for both. Then the same for losses and activations of which a step looks at every sample: how soon a
pause is obeyed. Last, a document of a million data: opening and saving it. Memory is the process's peak, the kernels
and Qt included. Prints a table; with `--json` one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from reluviz.app.application import SWITCH_SECONDS, Application
from reluviz.core.activation import activation_named
from reluviz.core.data_target import DataTarget
from reluviz.document.examples import load_example
from reluviz.document.storage import save

EXAMPLE = "sine-by-100-relus"
FEW = 1024
SAMPLES = {"exact": {}, "noise and validation": {"noise": 0.1, "validation": 0.2}}
SLOW = (("relu", "mae"), ("leaky_relu", "huber"), ("tanh", "half_mse"), ("gelu", "half_mse"))
_BEAT_MILLISECONDS = 2
_KILOBYTES = 1 if sys.platform == "darwin" else 1024


class Pulse(QObject):
    """How long the event loop was away, and when a widget was painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MILLISECONDS)
        watched.installEventFilter(self)
        self.restart()

    def restart(self) -> None:
        self.longest = 0.0
        self.frames = 0
        self._last = self._begin = time.perf_counter()
        self._worked = time.thread_time()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.frames += event.type() == QEvent.Type.Paint
        return False

    def told(self) -> dict[str, float]:
        """Frames per second, what the GUI thread worked for each, and the longest pause since `restart`."""
        elapsed, worked = time.perf_counter() - self._begin, time.thread_time() - self._worked
        return {
            "frames_per_second": self.frames / elapsed,
            "gui_milliseconds_per_frame": 1000.0 * worked / max(1, self.frames),
            "longest_pause_milliseconds": 1000.0 * self.longest,
        }


class Window:
    """An application that trains flat out on all samples."""

    def __init__(self) -> None:
        self.app = Application(load_example(EXAMPLE))
        self.app.files.asks = False
        self.app.window.resize(1280, 800)
        settings = replace(self.app.document.state.settings, steps=None, batch_size=None, window_limit=None)
        self.app.editing.set_settings(settings)
        self.app.show()
        self.app.session.compile_kernels()
        self.until(lambda: self.app.session.is_compiled)
        self.app.playback.set_speed(None)
        self.app.playback.set_playing(True)
        self.pulse = Pulse(self.app.window.plot.viewport())
        self.wait(1.0)

    def wait(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def until(self, condition: Callable[[], bool]) -> float:
        """The seconds until then."""
        begin = time.perf_counter()
        while not condition():
            self.wait(0.01)
        return time.perf_counter() - begin

    def flat_out(self, seconds: float) -> dict[str, float]:
        self.wait(0.5)
        step = self.app.document.frame.step
        self.pulse.restart()
        self.wait(seconds)
        return self.pulse.told() | {"steps_per_second": (self.app.document.frame.step - step) / seconds}

    def change(self, samples: int, **sampling: float) -> dict[str, float]:
        """Other samples while training runs: the seconds until a frame of theirs is on show, the pause meanwhile."""
        document = self.app.document
        before = document.frame.split
        self.pulse.restart()
        self.app.editing.change_sampling({"samples": samples, "noise": 0.0, "validation": 0.0} | sampling)
        seconds = self.until(lambda: document.frame.split is not before and bool(np.isfinite(document.frame.loss)))
        return {"first_frame_seconds": seconds, "loading_pause_milliseconds": self.pulse.told()[_PAUSE]}

    def pause(self) -> float:
        """Milliseconds from the wish to pause to the frame that is at rest."""
        self.app.playback.set_playing(False)
        return 1000.0 * self.until(lambda: not self.app.playback.is_running)

    def close(self) -> None:
        self.app.close()
        self.app.window.close()


_PAUSE = "longest_pause_milliseconds"


def peak_megabytes() -> float:
    """The most memory that the process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTES / 1e6


def samples_measured(window: Window, samples: int, seconds: float) -> dict[str, dict[str, float]]:
    """Of few samples, and of many of each kind."""
    rows = {"few": window.flat_out(seconds)}
    for name, sampling in SAMPLES.items():
        rows[name] = window.change(samples, **sampling) | window.flat_out(seconds)
        rows[name]["peak_megabytes"] = peak_megabytes()
    return rows


def pauses_measured(window: Window) -> dict[str, float]:
    """How soon a pause is obeyed on the many samples, by what looks at each of them in every step."""
    pauses = {}
    for activation, loss in SLOW:
        editing = window.app.editing
        editing.set_activation(activation_named(activation))
        editing.set_settings(replace(window.app.document.state.settings, loss=loss))
        window.app.playback.set_playing(True)
        window.until(lambda: window.app.document.frame.running)
        window.wait(0.5)
        pauses[f"{activation}, {loss}"] = window.pause()
    return pauses


def document_measured(window: Window, rows: int, folder: Path) -> dict[str, float]:
    """Opening and saving a document of so many data: seconds, and the window's longest pause meanwhile."""
    random = np.random.default_rng(0)
    x = random.uniform(-3.0, 3.0, rows)
    example = load_example(EXAMPLE)
    settings = replace(example.settings, batch_size=None, window_limit=None)
    path = folder / "data.reluviz"
    save(replace(example, target=DataTarget(x, np.sin(x) + random.normal(size=rows)), settings=settings), path)
    told = {"megabytes": path.stat().st_size / 1e6}
    for name, work in (("open", lambda: window.app.files.open(path)), ("save", window.app.files.save)):
        window.wait(0.5)
        window.pulse.restart()
        begin = time.perf_counter()
        work()
        seconds = time.perf_counter() - begin
        window.wait(0.1)
        told |= {f"{name}_seconds": seconds, f"{name}_pause_milliseconds": window.pulse.told()[_PAUSE]}
    return told


def measure(samples: int, rows: int, seconds: float) -> dict[str, object]:
    """All of it, in one window. The median of the frames' rates is beside that of few samples."""
    if QApplication.instance() is None:
        QApplication(sys.argv[:1])
    sys.setswitchinterval(SWITCH_SECONDS)
    window = Window()
    try:
        table = samples_measured(window, samples, seconds)
        pauses = pauses_measured(window)
        with tempfile.TemporaryDirectory() as folder:
            document = document_measured(window, rows, Path(folder))
    finally:
        window.close()
    many = [table[name] for name in SAMPLES]
    ratios = {
        name: statistics.median(row[name] for row in many) / table["few"][name]
        for name in ("frames_per_second", "gui_milliseconds_per_frame")
    }
    return {"samples": samples, "rows": table, "times_few": ratios, "pause_milliseconds": pauses, "document": document}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="fewer samples and seconds: a trial run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        result = measure(1_000_000, 50_000, 0.5) if options.quick else measure(10_000_000, 1_000_000, 5.0)
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        if isinstance(value, dict):
            print(name)
            for row, figures in value.items():
                shown = figures if isinstance(figures, float) else {key: round(one, 2) for key, one in figures.items()}
                print(f"    {row}: {round(shown, 3) if isinstance(shown, float) else shown}")
        else:
            print(f"{name}: {value}")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
