"""Films of every kind in every form, read by the programs of FFmpeg as the system has them, and by Pillow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from film_samples import export, filmed, painted, pillow_frames
from pytestqt.qtbot import QtBot

from reluviz.core.arrays import FloatArray
from reluviz.core.film_format import APNG, FORMATS, FRAMES, GIF, MP4, WEBM, FilmFormat
from reluviz.core.film_recipe import USUAL_LOOK, FilmRecipe, Pace, What
from reluviz.core.filmed import Filmed
from reluviz.core.recording import Moment, Recording
from reluviz.core.trainer import Trainer

MISSING = [program for program in ("ffmpeg", "ffprobe") if shutil.which(program) is None]

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(bool(MISSING) and "CI" not in os.environ, reason=f"not installed: {MISSING}"),
]

FPS, FRAME_COUNT, HELD = 10, 14, 2
SIZE = WIDTH, HEIGHT = 240, 180
CODECS = {MP4: "h264", WEBM: "vp9", GIF: "gif", APNG: "apng", FRAMES: "png"}
# How far a pixel may be off on average, of 255: colours of half the resolution, of one palette, or all of them.
MOST_OFF = {MP4: 2.0, WEBM: 3.0, GIF: 2.0, APNG: 0.0, FRAMES: 0.0}


@pytest.fixture(scope="module")
def source() -> Filmed:
    """A document with a recorded run."""
    found = filmed("sine-by-5-relus")
    trainer = Trainer(found.network, found.run.sampling.split(found.run.target).training, found.run.settings)
    moments = []
    for _ in range(40):
        moments.append(Moment(trainer.network, trainer.step, trainer.loss()))
        trainer.run(5)
    return replace(found, network=trainer.network, recording=Recording.of(moments))


def recipe_of(what: What, form: FilmFormat) -> FilmRecipe:
    look = replace(USUAL_LOOK, width=WIDTH, height=HEIGHT)
    # By change nothing rests in the middle, as a construction does to be read.
    return FilmRecipe(what, form, look, fps=FPS, frames=FRAME_COUNT, hold=HELD / FPS, steps=200, pace=Pace.CHANGE)


def probed(path: Path) -> dict[str, object]:
    """What ffprobe finds when it decodes all frames."""
    command = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", path]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert len(found["streams"]) == 1
    return {**found["format"], **found["streams"][0]}


def read_frames(path: Path) -> list[FloatArray]:
    """The frames as ffmpeg decodes them, each of shape (height, width, 3), RGB."""
    given = path / "frame-%05d.png" if path.is_dir() else path
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-i",
        given,
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-vsync",
        "passthrough",
        "-",
    ]
    done = subprocess.run(command, check=True, capture_output=True)
    assert done.stderr == b""
    return list(np.frombuffer(done.stdout, np.uint8).reshape(-1, HEIGHT, WIDTH, 3).astype(float))


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
@pytest.mark.parametrize("what", What, ids=lambda what: what.value)
def test_every_kind_in_every_form(qtbot: QtBot, tmp_path: Path, source: Filmed, what: What, form: FilmFormat) -> None:
    recipe = recipe_of(what, form)
    target = tmp_path / f"film{form.suffix}"
    export(qtbot, source, recipe, target)
    assert_told(target, form)
    frames, expected = read_frames(target), painted(source, recipe)
    assert len(frames) == len(expected) == FRAME_COUNT
    for i in (0, -1):
        assert np.abs(frames[i] - expected[i][..., :3]).mean() <= MOST_OFF[form]
    different = [i for i in range(1, FRAME_COUNT) if not np.array_equal(expected[i], expected[i - 1])]
    moving = range(HELD + 1, FRAME_COUNT - HELD)
    if what is What.SUMS:
        assert len(different) == source.network.neurons
    else:
        assert different == list(moving)
    if not MOST_OFF[form]:
        assert all(np.array_equal(a, b[..., :3]) for a, b in zip(frames, expected, strict=True))


def assert_told(target: Path, form: FilmFormat) -> None:
    """Count, size, length and codec, as the readers find them."""
    if form is FRAMES:
        assert len(list(target.iterdir())) == FRAME_COUNT
        target = target / "frame-00001.png"
    told = probed(target)
    assert (told["codec_name"], told["width"], told["height"]) == (CODECS[form], *SIZE)
    if form is FRAMES:
        return
    assert int(str(told["nb_read_frames"])) == FRAME_COUNT
    if form is APNG:
        # FFmpeg does not say how long one is.
        assert pillow_frames(target)[1] == pytest.approx(FRAME_COUNT / FPS)
    else:
        assert float(str(told["duration"])) == pytest.approx(FRAME_COUNT / FPS, abs=0.002)
