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
from pathlib import Path
from reluviz.app import application
from reluviz.core.film_format import FRAMES, format_of
from reluviz.core.film_recipe import FilmRecipe, What
from reluviz.core.picture_recipe import PictureRecipe
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
        if "export" in sys.argv:
            export(show.app.film_export, Path(sys.argv[-1]))
def export(films, path):
    recipe = FilmRecipe(What.RUN, form_of(path), PictureRecipe(320, 240), fps=30, frames=3000)
    films.export(films._present(), recipe, path)
    films.job.progressed.connect(on_film)
def on_film():
    if show.app.film_export.job.done > 5 and not on_film.told:
        on_film.told = True
        print("exporting", flush=True)
def form_of(path):
    return format_of(path.name) if path.suffix else FRAMES
show.told = on_film.told = False
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("name", ["film.mp4", "frames"])
def test_an_interrupt_in_the_middle_of_an_export_leaves_nothing_of_it(
    environment: dict[str, str], tmp_path: Path, name: str, number: signal.Signals
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    command = [sys.executable, "-c", SCRIPT, "export", str(folder / name)]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        assert [running.stdout.readline() for _ in range(2)] == ["training\n", "exporting\n"]
        running.send_signal(number)
        output, errors = running.communicate(timeout=120)
    finally:
        running.kill()
        running.communicate()
    assert (running.returncode, output, errors) == (130, "", "")
    assert list(folder.iterdir()) == []


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
