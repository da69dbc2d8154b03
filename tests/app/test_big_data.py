"""Very many samples in the window: got beside it, said where they are drawn, and a document of them opened."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from app_under_test import AppUnderTest
from pytestqt.qtbot import QtBot

from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Sampling
from reluviz.core.point_cloud import PointCloud
from reluviz.document.examples import load_example
from reluviz.document.storage import save

MANY = 1_000_000


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[AppUnderTest]:
    under_test = AppUnderTest(qtbot, autosaves=tmp_path / "autosave")
    settings = replace(under_test.app.document.state.settings, batch_size=None, window_limit=None, steps=None)
    under_test.app.editing.set_settings(settings)
    yield under_test
    under_test.app.files.asks = False
    under_test.app.close()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Until it is set, very many samples take their time."""
    opened, places = threading.Event(), Sampling._places

    def slow_places(self: Sampling, target: object, part: slice) -> np.ndarray:
        if part.start:
            assert opened.wait(60.0)
        return places(self, target, part)

    monkeypatch.setattr(Sampling, "_places", slow_places)
    yield opened
    opened.set()


def samples(app: AppUnderTest) -> int:
    split = app.frame.split
    return 0 if split is None else split.samples


def legend(app: AppUnderTest) -> list[str]:
    return [entry.text for entry in app.window.plot.legend()]


def test_very_many_samples_are_announced_and_the_picture_stays_until_they_are_there(
    app: AppUnderTest, gate: threading.Event
) -> None:
    app.app.editing.change_sampling({"samples": MANY, "noise": 0.3})
    app.wait_until(lambda: "Preparing" in app.message)
    assert app.message == "Preparing 1 000 000 samples…"
    assert app.window.transport.state.text() == "preparing…"
    assert samples(app) == 1024
    assert not app.window.plot.samples.is_drawn, "the old samples are none with noise"
    gate.set()
    app.wait_until(lambda: samples(app) == MANY and np.isfinite(app.frame.loss))
    app.wait_until(lambda: "ready" in app.message)
    assert "samples (1 in 1\u2009000)" in legend(app)
    assert app.window.transport.state.text() == "paused"


def test_another_number_is_not_kept_waiting(app: AppUnderTest, gate: threading.Event) -> None:
    app.app.editing.set_samples(MANY)
    app.wait_until(lambda: "Preparing" in app.message)
    app.app.editing.set_samples(500)
    gate.set()
    app.wait_until(lambda: samples(app) == 500)
    app.wait_until(lambda: app.window.transport.state.text() == "paused")
    assert "ready" not in app.message
    app.app.editing.undo()
    app.wait_until(lambda: samples(app) == 1024)


def test_a_line_that_stands_for_many_samples_says_so(app: AppUnderTest) -> None:
    assert legend(app)[0] == "target 2·sin(x) + 5"
    app.app.editing.set_samples(200_000)
    app.wait_until(lambda: samples(app) == 200_000)
    app.wait_until(lambda: legend(app)[0] == "target 2·sin(x) + 5 (200\u2009000 samples, drawn as a line)")
    app.app.editing.undo()
    app.wait_until(lambda: legend(app)[0] == "target 2·sin(x) + 5")


def test_only_the_recipe_of_the_samples_is_saved(app: AppUnderTest, tmp_path: Path) -> None:
    app.app.editing.change_sampling({"samples": MANY, "noise": 0.1, "validation": 0.2})
    app.wait_until(lambda: samples(app) == MANY)
    path = tmp_path / "many.reluviz"
    assert app.app.files._save_to(path)
    assert path.stat().st_size < 100_000
    app.app.editing.set_samples(10)
    assert app.app.files.save()
    assert app.app.files.open(path)
    assert app.app.document.state.sampling == Sampling(10, noise=0.1, validation=0.2)


def test_what_is_drawn_of_a_million_data_is_found_out_beside_the_window(
    app: AppUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = np.linspace(-3.0, 3.0, 200_000)
    path = tmp_path / "data.reluviz"
    settings = app.app.document.state.settings
    save(replace(load_example("sine-by-5-relus"), target=DataTarget(x, np.sin(x)), settings=settings), path)
    made, make = [], PointCloud.__init__

    def watched(self: PointCloud, *columns: np.ndarray) -> None:
        made.append(threading.current_thread())
        make(self, *columns)

    monkeypatch.setattr(PointCloud, "__init__", watched)
    assert app.app.files.open(path)
    app.wait_until(lambda: samples(app) == 200_000)
    assert len(made) == 1
    assert made[0] is not threading.main_thread()
    target = app.app.document.state.target
    app.app.editing.set_target(target.on_domain(-1.0, 1.0))
    app.wait_until(lambda: 60_000 < samples(app) < 70_000)
    assert len(made) == 1, "a part of them is drawn from the same cloud"
