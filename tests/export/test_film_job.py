"""Films of every form, read again; and what is left when one is broken off."""

import contextlib
import errno
import itertools
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from film_samples import (
    SECONDS,
    TINY,
    TINY_LOOK,
    decoded,
    decoded_opacity,
    export,
    filmed,
    job_of,
    mp4_facts,
    painted,
    pillow_frames,
)
from PIL import Image

from reluviz.core.film_format import APNG, FRAMES, GIF, MP4, WEBM
from reluviz.core.film_recipe import FilmRecipe, Pace, What
from reluviz.core.picture_recipe import Theme
from reluviz.core.settings import TrainingSettings
from reluviz.core.trainer import Trainer
from reluviz.files.destination import DestinationError

pytestmark = pytest.mark.usefixtures("qapp")

RUN = FilmRecipe(**TINY, steps=60)
BUILD = FilmRecipe(**TINY, what=What.BUILD)


def in_form(form, recipe=BUILD):
    return replace(recipe, form=form)


def looking(**changes):
    """A film without a form yet, as what is to be seen may only be had in some of them."""
    return replace(BUILD, form=FRAMES, look=replace(TINY_LOOK, **changes))


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def differences(frames):
    return [int(np.count_nonzero(a != b)) for a, b in itertools.pairwise(frames)]


def test_an_mp4_is_what_was_painted(qtbot, tmp_path):
    target = tmp_path / "film.mp4"
    job = export(qtbot, filmed(), in_form(MP4), target)
    assert job.done == 12
    assert mp4_facts(target) == (12, pytest.approx(1.2), (160, 120), True)
    frames, expected = decoded(target), painted(filmed(), in_form(MP4))
    assert len(frames) == 12
    for i in (0, -1):
        off = np.abs(frames[i].astype(int) - expected[i][..., :3])
        # Colour has half the resolution of lightness: thin coloured lines fade a little.
        assert off.mean() < 2.0
        assert frames[i][2, 2].tolist() == pytest.approx(expected[i][2, 2, :3].tolist(), abs=3)
    assert left_in(tmp_path) == ["film.mp4"]


def test_a_webm_is_what_was_painted(qtbot, tmp_path):
    target = tmp_path / "film.webm"
    export(qtbot, filmed(), in_form(WEBM), target)
    assert target.read_bytes()[:4] == b"\x1aE\xdf\xa3"
    frames, expected = decoded(target), painted(filmed(), in_form(WEBM))
    assert len(frames) == 12
    for i in (0, -1):
        assert np.abs(frames[i].astype(int) - expected[i][..., :3]).mean() < 3.0


def test_a_gif_has_one_palette_and_all_its_frames(qtbot, tmp_path):
    target = tmp_path / "film.gif"
    export(qtbot, filmed(), in_form(GIF), target)
    frames, seconds = pillow_frames(target)
    expected = painted(filmed(), in_form(GIF))
    assert (len(frames), seconds) == (12, pytest.approx(1.2))
    for i in (0, -1):
        assert np.abs(frames[i][..., :3].astype(int) - expected[i][..., :3]).mean() < 2.0
    with Image.open(target) as film:
        assert film.info["loop"] == 0


def test_a_webm_without_a_ground_is_as_opaque_as_what_was_painted(qtbot, tmp_path):
    target, recipe = tmp_path / "film.webm", in_form(WEBM, looking(theme=Theme.TRANSPARENT))
    export(qtbot, filmed(), recipe, target)
    frames = decoded_opacity(target)
    assert len(frames) == 12
    for frame, expected in zip(frames, painted(filmed(), recipe), strict=True):
        assert expected[..., 3].min() == 0
        assert np.abs(frame.astype(int) - expected[..., 3]).mean() < 3.0
        assert frame[2, 2] == 0


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.TRANSPARENT_DARK])
def test_an_apng_is_exactly_what_was_painted(qtbot, tmp_path, theme):
    target, recipe = tmp_path / "film.apng", in_form(APNG, looking(theme=theme))
    export(qtbot, filmed(), recipe, target)
    frames, seconds = pillow_frames(target)
    assert seconds == pytest.approx(1.2)
    for frame, expected in zip(frames, painted(filmed(), recipe), strict=True):
        # A frame may be written as a translucent change of the one before it, and Pillow blends it with other rounding
        # than the encoder: a shade of 255 either way.
        assert np.abs(frame.astype(int) - expected).max() <= 1
        assert np.count_nonzero(frame != expected) < 0.001 * frame.size
    assert bool(frames[0][..., 3].min() == 0) is (not theme.has_ground)


def test_numbered_pictures_are_exactly_what_was_painted(qtbot, tmp_path):
    recipe = in_form(FRAMES, looking(theme=Theme.TRANSPARENT, width=161, height=121))
    export(qtbot, filmed(), recipe, tmp_path / "frames")
    names = left_in(tmp_path / "frames")
    assert names == [f"frame-{i:05d}.png" for i in range(1, 13)]
    for name, expected in zip(names, painted(filmed(), recipe), strict=True):
        with Image.open(tmp_path / "frames" / name) as picture:
            assert picture.size == (161, 121)
            np.testing.assert_array_equal(np.asarray(picture.convert("RGBA")), expected)


@pytest.mark.parametrize("what", [What.RUN, What.BUILD, What.SWEEP])
def test_where_something_moves_no_two_frames_are_the_same(what):
    # A construction rests between its steps: by change it does not.
    recipe = replace(looking(width=320, height=240), what=what, pace=Pace.CHANGE, steps=60)
    source = filmed("sine-by-5-relus") if what is What.RUN else filmed()
    assert min(differences(painted(source, recipe))) > 0


def test_the_axes_stand_still(qtbot):
    frames = painted(filmed("sine-by-5-relus"), RUN)
    left = [frame[20:, :14] for frame in frames]
    assert all(np.array_equal(left[0], other) for other in left)


def test_the_same_document_gives_the_same_film(qtbot, tmp_path):
    source = filmed("sine-by-5-relus")
    for name in ("a.mp4", "b.mp4"):
        export(qtbot, source, RUN, tmp_path / name)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_a_film_in_place_of_another(qtbot, tmp_path):
    target = tmp_path / "film.mp4"
    target.write_bytes(b"before")
    with pytest.raises(DestinationError, match="exists already"):
        job_of(filmed(), BUILD, target)
    assert target.read_bytes() == b"before"
    export(qtbot, filmed(), BUILD, target, replaces=True)
    assert mp4_facts(target)[0] == 12
    folder = tmp_path / "frames"
    for count in (12, 3):
        export(qtbot, filmed(), replace(in_form(FRAMES), frames=count), folder, replaces=True)
        assert len(left_in(folder)) == count
    assert left_in(tmp_path) == ["film.mp4", "frames"]


@pytest.mark.parametrize("name", ["film.mp4", "film.gif", "frames"])
@pytest.mark.parametrize("frames_before", [0, 5])
def test_cancelling_leaves_nothing(qtbot, tmp_path, name, frames_before):
    threads = threading.active_count()
    form = {"film.mp4": MP4, "film.gif": GIF, "frames": FRAMES}[name]
    job = job_of(filmed(), replace(BUILD, form=form, frames=2000), tmp_path / name)
    job.finished.connect(pytest.fail)
    job.start()
    qtbot.waitUntil(lambda: job.done >= frames_before, timeout=SECONDS)
    job.cancel()
    assert left_in(tmp_path) == []
    assert threading.active_count() == threads
    job.cancel()


def test_a_film_there_was_before_survives_a_cancelled_one(qtbot, tmp_path):
    target = tmp_path / "film.mp4"
    target.write_bytes(b"before")
    job = job_of(filmed(), replace(BUILD, frames=2000), target, replaces=True)
    job.start()
    qtbot.waitUntil(lambda: job.done >= 3, timeout=SECONDS)
    job.cancel()
    assert target.read_bytes() == b"before"
    assert left_in(tmp_path) == ["film.mp4"]


def test_a_long_training_is_broken_off_at_once(qtbot, tmp_path, monkeypatch):
    # Nothing in between at which the preparation could be left.
    monkeypatch.setattr("reluviz.core.film_run._CURVE_POINTS", 2)
    chunks = []
    train = Trainer.run
    monkeypatch.setattr(Trainer, "run", lambda *given: chunks.append(given[1]) or train(*given))
    job = job_of(filmed("sine-by-5-relus"), replace(RUN, steps=10**9), tmp_path / "film.mp4")
    job.start()
    # That so many come says that each is short.
    qtbot.waitUntil(lambda: len(chunks) > 40, timeout=SECONDS)
    before = len(chunks)
    job.cancel()
    # The chunk it is in is ended, and the next may have begun.
    assert len(chunks) <= before + 2
    assert left_in(tmp_path) == []


class Dying:
    """An encoder that stops in the middle."""

    def __init__(self, error):
        self.error = error
        self.left = 4

    def write(self, image):
        self.left -= 1
        if not self.left:
            raise self.error

    def finish(self):
        yield from ()

    def abandon(self):
        raise OSError(errno.EIO, "it cannot even be closed")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EIO, "Input/output error"), "input/output error"),
        (RuntimeError("the encoder\ndied"), "the encoder died"),
        (MemoryError(), "not enough memory"),
    ],
)
def test_an_encoder_that_dies_leaves_nothing(qtbot, tmp_path, monkeypatch, error, said):
    monkeypatch.setattr("reluviz.export.film_job.open_writer", lambda *_: Dying(error))
    job = job_of(filmed(), BUILD, tmp_path / "film.mp4")
    with qtbot.waitSignal(job.failed, timeout=SECONDS) as failed:
        job.start()
    assert failed.args == [said]
    assert left_in(tmp_path) == []
    assert not [thread for thread in threading.enumerate() if thread.name in {"encoder", "frames", "shots"}]


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError("no room for frames"), "no room for frames"), (ValueError(), "not enough memory")]
)
def test_a_frame_that_cannot_be_painted_leaves_nothing(qtbot, tmp_path, monkeypatch, error, said):
    def paint(*_):
        raise error

    monkeypatch.setattr("reluviz.export.film_job.FilmPainter.image", paint)
    job = job_of(filmed(), BUILD, tmp_path / "film.mp4")
    with qtbot.waitSignal(job.failed, timeout=SECONDS) as failed:
        job.start()
    assert failed.args == [said]
    assert left_in(tmp_path) == []
    assert not [thread for thread in threading.enumerate() if thread.name in {"encoder", "frames", "shots"}]


def test_a_missing_encoder_is_named_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("reluviz.export.film_writer.av.codecs_available", {"png"})
    with pytest.raises(RuntimeError, match="no encoder libx264"):
        job_of(filmed(), BUILD, tmp_path / "film.mp4")
    assert left_in(tmp_path) == []


def test_what_cannot_be_trained_is_said(qtbot, tmp_path):
    source = filmed()
    run = replace(source.run, settings=TrainingSettings(batch_size=10**9))
    job = job_of(replace(source, run=run), RUN, tmp_path / "film.mp4")
    with qtbot.waitSignal(job.failed, timeout=SECONDS) as failed:
        job.start()
    assert "a batch of 1000000000 is more than" in failed.args[0]
    assert left_in(tmp_path) == []


def test_a_run_that_diverges_is_filmed_as_far_as_it_goes(qtbot, tmp_path):
    source = filmed("sine-by-5-relus")
    wild = replace(source, run=replace(source.run, settings=TrainingSettings(learning_rate=900.0)))
    job = export(qtbot, wild, RUN, tmp_path / "film.mp4")
    assert job.note.startswith("J diverged after step")
    assert mp4_facts(tmp_path / "film.mp4")[0] == 12


def test_progress_is_told(qtbot, tmp_path):
    job = job_of(filmed(), replace(BUILD, frames=40), tmp_path / "film.mp4")
    seen = []
    job.progressed.connect(lambda: seen.append((job.part, job.done)))
    with qtbot.waitSignal(job.finished, timeout=SECONDS):
        job.start()
    assert seen[-1] == (1.0, 40)
    done = [written for _, written in seen]
    assert done == sorted(done)
    assert len(set(done)) > 5


_KILLED = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from PySide6.QtWidgets import QApplication
application = QApplication([])
from film_samples import TINY, filmed, job_of
from reluviz.core.film_recipe import FilmRecipe, What
job = job_of(filmed(), FilmRecipe(**{**TINY, "frames": 20000}, what=What.BUILD), Path(sys.argv[1]))
job.progressed.connect(lambda: job.done >= 20 and print("going", flush=True))
job.start()
application.exec()
"""


def test_not_even_five_kills_leave_anything(tmp_path):
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    command = [sys.executable, "-c", _KILLED]
    names = [f"film-{i}.mp4" for i in range(5)]
    with contextlib.ExitStack() as all_ended:
        exports = [
            all_ended.enter_context(
                subprocess.Popen([*command, str(tmp_path / name), *paths], stdout=subprocess.PIPE, text=True)
            )
            for name in names
        ]
        for i, process in enumerate(exports):
            assert process.stdout is not None
            for _ in range(1 + 3 * i):
                assert process.stdout.readline() == "going\n"
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=60)
    # Where there are no files without a name a hidden one stays until the next export.
    assert left_in(tmp_path) == [] or not hasattr(os, "O_TMPFILE")
