"""Run by test_real_display in a process of its own: the program on a real X server, driven by the X server's mouse.

Starts the program as a user does, drags a handle with xdotool, trains with the space bar, closes the window.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from given_answers import GivenAnswers
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication

from reluviz.app import application
from reluviz.app.application import Application
from reluviz.core.parameter import Kind, Parameter
from reluviz.document.examples import load_example

W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)
SECONDS = 60.0


def xdotool(*arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], check=True, timeout=20)


class Session:
    """Steps through the script between the event loop's turns."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.script = self.steps()
        self.condition: Callable[[], bool] = lambda: True
        self.deadline = time.monotonic() + SECONDS
        self.timer = QTimer(interval=20)
        self.timer.timeout.connect(self.turn)
        self.timer.start()

    def turn(self) -> None:
        if self.condition():
            self.condition = next(self.script, lambda: False)
        elif time.monotonic() > self.deadline:
            print("a step took too long", file=sys.stderr)
            QApplication.exit(3)

    def steps(self) -> Iterator[Callable[[], bool]]:
        app, plot = self.app, self.app.window.plot
        yield lambda: plot.repaints > 0 and app.session.is_compiled
        before = app.document.network[W1]
        at = plot.handle_pixel(W1)
        assert at is not None
        start = plot.viewport().mapToGlobal(at)
        xdotool("mousemove", str(start.x()), str(start.y()))
        # The hovered handle shows its tag: the pointer is where the plot believes it is.
        yield lambda: app.wiring.selection.hovered == 0
        xdotool("mousedown", "1")
        for i in range(1, 7):
            moved = start + QPoint(0, 8 * i)
            xdotool("mousemove", str(moved.x()), str(moved.y()))
            yield lambda: True
        yield lambda: app.document.network[W1] != before
        xdotool("mouseup", "1")
        yield lambda: app.document.undo_stack.undoText() == "drag w₁"
        xdotool("key", "space")
        yield lambda: app.document.frame.step > 20
        print("done", flush=True)
        app.window.close()
        yield lambda: False


def main() -> int:
    sessions = []
    shown = application.Application.show

    def show(app: Application) -> None:
        shown(app)
        sessions.append(Session(app))

    application.Questions = GivenAnswers  # type: ignore[misc]
    application.Application.show = show  # type: ignore[method-assign]
    return application.run(load_example("three-segments"))


if __name__ == "__main__":
    sys.exit(main())
