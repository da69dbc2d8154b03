"""The window as a process: how it ends, and what it leaves on the terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Says when the window is there and training, and otherwise is the program itself.
SCRIPT = """
import sys
from reluviz.app import application
shown = application.Application.show
def show(self):
    shown(self)
    self.document.frame_changed.connect(on_frame)
    self.playback.set_playing(True)
    self.session.compile_kernels()
    show.app = self
def on_frame():
    if show.app.document.frame.step > 10 and not show.told:
        show.told = True
        print("training", flush=True)
        if "close" in sys.argv:
            show.app.window.close()
show.told = False
application.Application.show = show
from reluviz.app.questions import Answer, Questions
Questions.unsaved = lambda self, name: Answer.DISCARD
from reluviz.cli import main
sys.exit(main(["sine-by-5-relus"]))
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folders = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    return os.environ | folders | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def process(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield running
    running.kill()
    running.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_closes_the_window_quietly(process: subprocess.Popen[str], number: signal.Signals) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "training\n"
    process.send_signal(number)
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, output, errors) == (130, "", "")


def test_closing_the_window_while_it_trains_ends_with_0_and_says_nothing(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "close"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "training\n", "")
