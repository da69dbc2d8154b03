"""Pictures painted off the application's thread, several at once: the same to the last byte, and with nothing that
another thread must not clear away."""

from __future__ import annotations

import gc
import threading
from dataclasses import replace

import numpy as np
import pytest
from picture_subjects import frame, many_rays, subject
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGraphicsItem

from reluviz.core.dataset import Sampling
from reluviz.core.film import FilmCancelled
from reluviz.core.picture import Picture, Rays
from reluviz.core.picture_recipe import Part, PictureRecipe, Theme
from reluviz.core.target import FunctionTarget
from reluviz.export import offscreen_plot
from reluviz.export.offscreen_plot import OffscreenPlot
from reluviz.export.picture_file import PictureFormat, picture_bytes
from reluviz.plot import segment_sheet

RECIPE = PictureRecipe(480, 360, Theme.DARK, frozenset(Part))
SAMPLES = Sampling(40, noise=0.5, validation=0.3).split(FunctionTarget("sine"))
PICTURES = [
    Picture(residual=True, largest_error=True),
    Picture(rays=Rays.RAW),
    Picture(rays=Rays.PARTIAL_SUMS),
]

pytestmark = pytest.mark.usefixtures("qapp")


def pixels(image: QImage) -> np.ndarray:
    """A copy, shape (height, width, 4)."""
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)


def made(picture: Picture, form: PictureFormat) -> bytes:
    plot = OffscreenPlot(RECIPE, subject(picture=picture, samples=SAMPLES))
    plot.show(frame(many_rays(60)))
    return picture_bytes(plot, form)


@pytest.mark.parametrize("form", list(PictureFormat))
def test_on_three_threads_at_once_as_on_the_applications_own(form):
    wanted = [made(picture, form) for picture in PICTURES]
    results: dict[int, list[bytes]] = {}

    def work(index: int) -> None:
        results[index] = [made(PICTURES[index], form) for _ in range(3)]

    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(PICTURES))]
    for thread in threads:
        thread.start()
    # Meanwhile this one goes on painting as the window does.
    assert made(PICTURES[0], form) == wanted[0]
    for thread in threads:
        thread.join()
    assert results == {index: [data] * 3 for index, data in enumerate(wanted)}


def test_the_collector_of_no_thread_gets_a_qt_object_to_destroy():
    gc.collect()
    before = {id(found) for found in gc.get_objects() if _is_of_qt(found)}
    plot = OffscreenPlot(RECIPE, subject(samples=SAMPLES))
    plot.show(frame())
    assert not plot.image().isNull()
    found = [thing for thing in gc.get_objects() if _is_of_qt(thing)]
    assert [thing for thing in found if id(thing) not in before] == []


def _is_of_qt(thing: object) -> bool:
    # By its type: `isinstance` also asks the object for its class, which other libraries' objects answer in their way.
    return issubclass(type(thing), QObject | QGraphicsItem)


def test_what_was_painted_by_one_thread_goes_on_in_another():
    plot = OffscreenPlot(RECIPE, subject())
    plot.show(frame(step=200))
    first = plot.image()
    images = []

    def work() -> None:
        plot.show(frame())
        images.append(plot.image())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    plot.show(frame(step=200))
    assert plot.image() == first != images[0]


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.TRANSPARENT])
@pytest.mark.parametrize("picture", PICTURES)
def test_bands_show_no_seam(theme, picture, monkeypatch):
    # Large enough for lines of more than a pixel: thinner ones Qt draws by rounder numbers.
    recipe = replace(RECIPE, theme=theme, width=960, height=500)
    plot = OffscreenPlot(recipe, subject(picture=picture, samples=SAMPLES))
    plot.show(frame(many_rays(60)))
    # It strokes otherwise, and serves whole pictures alone.
    monkeypatch.setattr(segment_sheet, "_MOST_PIXELS", 0)
    whole = pixels(plot.image())
    asked: list[float] = []

    def go_on(part: float) -> bool:
        asked.append(part)
        return True

    monkeypatch.setattr(offscreen_plot, "_BAND_PIXELS", 50_000)
    banded = pixels(plot.image(go_on))
    assert asked == [top / 500 for top in range(0, 500, 53)]
    different = np.abs(banded - whole).max(axis=2)
    # Where a line is cut at the edge of a band, its slope is rounded.
    assert np.mean(different > 3) < 1e-3


def test_a_picture_is_broken_off_between_two_bands(monkeypatch):
    monkeypatch.setattr(offscreen_plot, "_BAND_PIXELS", 10_000)
    plot = OffscreenPlot(RECIPE, subject())
    plot.show(frame())
    asked: list[float] = []

    def go_on(part: float) -> bool:
        asked.append(part)
        return part < 0.5

    with pytest.raises(FilmCancelled):
        plot.image(go_on)
    assert 0.5 <= asked[-1] < 0.6
    assert plot.image() == plot.image()
