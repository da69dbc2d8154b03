"""Small films for tests, and readers of them that share no code with what writes them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from reluviz.core.film_recipe import USUAL_LOOK, FilmRecipe
from reluviz.core.film_run import FilmedRun
from reluviz.core.filmed import Filmed
from reluviz.document.examples import load_example
from reluviz.export.film_job import FilmJob
from reluviz.export.film_painter import FilmPainter
from reluviz.export.shot_thread import prepared
from reluviz.export.subject import Subject

SECONDS = 60_000
TINY_LOOK = replace(USUAL_LOOK, width=160, height=120)
TINY = {"look": TINY_LOOK, "fps": 10, "frames": 12, "hold": 0.0}


def filmed(example: str = "three-segments") -> Filmed:
    document = load_example(example)
    network = document.network or document.start.begin(document.target.low, document.target.high)[0]
    run = FilmedRun(document.target, document.sampling, document.start, document.settings, document.locks)
    return Filmed(run, network, document.picture)


def subject_of(source: Filmed) -> Subject:
    return Subject(source.run.target, source.picture, "A title")


def job_of(source: Filmed, recipe: FilmRecipe, target: Path, replaces: bool = False) -> FilmJob:
    return FilmJob(source, recipe, subject_of(source), target, replaces=replaces)


def export(qtbot: QtBot, source: Filmed, recipe: FilmRecipe, target: Path, replaces: bool = False) -> FilmJob:
    """The film written, or the test fails."""
    job = job_of(source, recipe, target, replaces)
    job.failed.connect(pytest.fail)
    with qtbot.waitSignal(job.finished, timeout=SECONDS):
        job.start()
    return job


def painted(source: Filmed, recipe: FilmRecipe) -> list[np.ndarray]:
    """The frames as they are painted, each of shape (height, width, 4), RGBA."""
    film = prepared(source, recipe, subject_of(source), lambda part: True)
    losses, networks = film.film.source.curve, film.networks
    painter = FilmPainter(source, recipe, subject_of(source), film.view, losses, networks=networks)
    return [rgba(painter.image(shot)) for shot in film.film]


def rgba(image: QImage) -> np.ndarray:
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4).copy()


def pillow_frames(path: Path) -> tuple[list[np.ndarray], float]:
    """The frames of a GIF or APNG, RGBA, and how many seconds they last, as Pillow reads them."""
    frames, milliseconds = [], 0.0
    with Image.open(path) as film:
        for i in range(film.n_frames):
            film.seek(i)
            milliseconds += film.info["duration"]
            frames.append(np.asarray(film.convert("RGBA")))
    return frames, milliseconds / 1000.0


def box(payload: bytes, kind: bytes) -> bytes:
    """What is inside the first box of this kind."""
    at = payload.index(kind)
    size = int.from_bytes(payload[at - 4 : at], "big")
    return payload[at + 4 : at - 4 + size]


def mp4_facts(path: Path) -> tuple[int, float, tuple[int, int], bool]:
    """(frames, seconds, size in pixels, whether the index stands in front) as the file's own boxes say."""
    data = path.read_bytes()
    header = box(data, b"mdhd")
    scale, length = (int.from_bytes(header[at : at + 4], "big") for at in (12, 16))
    sample_count = int.from_bytes(box(data, b"stsz")[8:12], "big")
    avc1 = data[data.index(b"avc1", data.index(b"stsd")) + 4 :]
    size = int.from_bytes(avc1[24:26], "big"), int.from_bytes(avc1[26:28], "big")
    return sample_count, float(Fraction(length, scale)), size, data.index(b"moov") < data.index(b"mdat")


def decoded(path: Path) -> list[np.ndarray]:
    """The frames of a video, each of shape (height, width, 3), RGB.

    PyAV decodes H.264 and VP9 by FFmpeg's own decoders, which share no code with x264 and libvpx, which encoded them.
    """
    with av.open(str(path)) as video:
        return [
            frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG").to_ndarray()
            for frame in video.decode(video=0)
        ]


def decoded_opacity(path: Path) -> list[np.ndarray]:
    """How opaque the pixels of a WebM are, each frame of shape (height, width), from 0 to 255.

    FFmpeg's own decoder for VP9 leaves the opacity out; libvpx has it.
    """
    decoder = av.CodecContext.create("libvpx-vp9", "r")
    with av.open(str(path)) as video:
        frames = [frame for packet in video.demux(video=0) for frame in decoder.decode(packet)]
    return [frame.reformat(format="rgba").to_ndarray()[..., 3] for frame in frames]
