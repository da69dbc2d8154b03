"""A hand on 1000 neurons: from the mouse's move to the painted frame, undo, opening. Part of `frames.py`."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_run import PaintTimes, wait

from reluviz.app.application import Application
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.target import FunctionTarget
from reluviz.document.opened import OpenedDocument
from reluviz.document.storage import save

MOVES = 60
NEURONS = 1000


def document(seed: int) -> OpenedDocument:
    """A thousand neurons with kinks all over the domain, adding up to something on the screen."""
    random = np.random.default_rng(seed)
    v, w = random.standard_normal(NEURONS), random.standard_normal(NEURONS) / np.sqrt(NEURONS)
    network = Network(v, -v * random.uniform(-3.0, 3.0, NEURONS), w, 5.0)
    return OpenedDocument(f"network {seed}", FunctionTarget("sine"), network=network, step=1)


class Watch:
    """Milliseconds from a deed to the end of the repaint that it asks for."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._painted = PaintTimes()
        application.window.plot.viewport().installEventFilter(self._painted)

    def time(self, deed: Callable[[], object]) -> float:
        QCoreApplication.processEvents()
        before, begin = len(self._painted.times), time.perf_counter()
        deed()
        while len(self._painted.times) == before:
            QCoreApplication.processEvents()
        return 1000.0 * (time.perf_counter() - begin)


def drag_times(application: Application, watch: Watch, parameter: Parameter, by: QPoint) -> list[float]:
    """One drag of a handle in many moves, a handle's way there and back: milliseconds of each move."""
    plot = application.window.plot
    application.wiring.selection.select(parameter.neuron)
    wait(0.3)
    start = plot.handle_pixel(parameter)
    assert start is not None
    viewport, button, none = plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseMove(viewport, start + QPoint(2, 2))
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, button, none, start)
    times = []
    for move in range(1, MOVES + 1):
        part = np.sin(2.0 * np.pi * move / MOVES)
        to = start + QPoint(round(by.x() * part) + move % 2, round(by.y() * part) + move % 2)
        times.append(watch.time(lambda to=to: QTest.mouseMove(viewport, to)))  # type: ignore[misc]
    QTest.mouseRelease(viewport, button, none, to)
    assert application.document.undo_stack.undoText().startswith("drag")
    return times


def measure(times: int) -> dict[str, float]:
    """Medians in milliseconds, of undo and opening of so many `times`, of all moves `drag_99th` too."""
    application = Application(document(0))
    application.window.resize(1280, 800)
    application.show()
    application.session.compile_kernels()
    while not application.session.is_compiled:
        wait(0.05)
    wait(1.0)
    watch = Watch(application)
    drags = drag_times(application, watch, Parameter(Kind.HIDDEN_BIAS, 500), QPoint(120, 0))
    drags += drag_times(application, watch, Parameter(Kind.OUTPUT_WEIGHT, 500), QPoint(0, 40))
    undo, redo = application.editing.undo, application.editing.redo
    undos = [watch.time(deed) for _ in range(times) for deed in (undo, redo)]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{seed}.reluviz" for seed in (1, 2)]
        for seed, path in enumerate(paths, 1):
            save(replace(document(seed)), path)
        application.document.undo_stack.setClean()
        opens = []
        for number in range(times):
            application.files.asks = False
            opens.append(watch.time(lambda path=paths[number % 2]: application.files.open(path)))  # type: ignore[misc]
    application.close()
    application.window.close()
    return {
        "drag_ms_median": statistics.median(drags),
        "drag_ms_99th": sorted(drags)[int(0.99 * len(drags))],
        "undo_ms_median": statistics.median(undos),
        "open_ms_median": statistics.median(opens),
    }


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as settings:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, settings)
        print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15)))
