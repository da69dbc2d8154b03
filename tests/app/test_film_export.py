"""Animations from the window: chosen, looked at, written, broken off."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest

from reluviz.app.questions import Answer
from reluviz.cli import main
from reluviz.core.axis_names import AxisNames
from reluviz.core.film_format import APNG, FRAMES
from reluviz.core.film_recipe import FilmRecipe, Sweep, What
from reluviz.core.film_sources import usual_swept
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.picture_recipe import Part, PictureRecipe
from reluviz.document.storage import load
from reluviz.export.film_painter import FilmPainter
from reluviz.plot.kept_item import kept_colour
from reluviz.plot.look import Look

LOOK = PictureRecipe(160, 120)
BUILD = FilmRecipe(What.BUILD, APNG, LOOK, fps=10, frames=8, hold=0.0)
EXPORT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def under_test(qtbot, tmp_path):
    program = AppUnderTest(qtbot, "three-segments", autosaves=tmp_path / "autosaves")
    yield program
    program.close()


@pytest.fixture
def dialog(under_test):
    under_test.press_key(Qt.Key.Key_E, EXPORT)
    found = under_test.window.export_film_dialog
    assert found.isVisible()
    return found


def wish(dialog, recipe):
    """As if the user had set all fields so."""
    dialog.show_recipe(recipe)
    dialog.edited.emit()


def click_export(dialog):
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def test_the_preview_scrubs(under_test, dialog):
    wish(dialog, BUILD)
    under_test.wait_until(lambda: not dialog.preview.image.isNull())
    first = dialog.preview.image
    QTest.keyClick(dialog.scrubber, Qt.Key.Key_End)
    under_test.wait_until(lambda: dialog.preview.image != first)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not [thread for thread in threading.enumerate() if thread.name == "preview"]


def test_nothing_of_a_film_is_painted_on_the_windows_thread(under_test, dialog, tmp_path, monkeypatch):
    painters, paint = [], FilmPainter.image

    def noting(painter, shot):
        painters.append(threading.current_thread().name)
        return paint(painter, shot)

    monkeypatch.setattr(FilmPainter, "image", noting)
    wish(dialog, BUILD)
    under_test.wait_until(lambda: not dialog.preview.image.isNull())
    under_test.answers.exports = [tmp_path / "film.apng"]
    click_export(dialog)
    under_test.wait_until(lambda: under_test.message.startswith("Exported"))
    assert set(painters) == {"preview", "frames"}
    assert painters.count("frames") == 8


def test_the_preview_is_never_cut_off(under_test, dialog):
    wish(dialog, replace(BUILD, look=PictureRecipe(1920, 1080)))
    preview = dialog.preview
    for width in (1500, 960):
        dialog.resize(width, dialog.height())
        under_test.wait_until(lambda: preview.image.size() == preview.fitting(1920, 1080))
        assert preview.image.width() <= preview.width()
    # One that comes too late, and too large, is made to fit.
    large = QImage(4000, 2000, QImage.Format.Format_RGB32)
    large.fill(QColor("white"))
    preview.show_picture(large)
    shown = preview.grab().toImage()
    left = shown.pixelColor(0, shown.height() // 2)
    assert left == preview.palette().color(QPalette.ColorRole.Mid)


def test_a_film_is_written_and_said_and_remembered(under_test, dialog, tmp_path):
    wish(dialog, BUILD)
    under_test.answers.exports = [tmp_path / "film.apng"]
    click_export(dialog)
    under_test.wait_until(lambda: under_test.message.startswith("Exported 8 frames"))
    assert under_test.window.export_progress.isHidden()
    with Image.open(tmp_path / "film.apng") as film:
        assert (film.n_frames, film.size) == (8, (160, 120))
    assert under_test.app.preferences.film == BUILD
    under_test.answers.saves = [tmp_path / "saved.reluviz"]
    assert under_test.app.files.save()
    assert load(tmp_path / "saved.reluviz").film == BUILD


def test_the_saved_document_gives_the_same_film_without_a_window(under_test, dialog, tmp_path):
    wish(dialog, replace(BUILD, what=What.RUN, steps=40, look=replace(LOOK, parts=frozenset(LOOK.parts))))
    under_test.answers.exports = [tmp_path / "window.apng"]
    click_export(dialog)
    under_test.wait_until(lambda: under_test.message.startswith("Exported"))
    under_test.answers.saves = [tmp_path / "saved.reluviz"]
    assert under_test.app.files.save()
    assert main(["export", str(tmp_path / "saved.reluviz"), str(tmp_path / "headless.apng")]) == 0
    assert (tmp_path / "window.apng").read_bytes() == (tmp_path / "headless.apng").read_bytes()


def test_numbered_pictures_go_to_a_new_folder(under_test, dialog, tmp_path):
    wish(dialog, replace(BUILD, form=FRAMES))
    under_test.answers.exports = [tmp_path / "frames"]
    click_export(dialog)
    under_test.wait_until(lambda: under_test.message.startswith("Exported"))
    assert len(list((tmp_path / "frames").iterdir())) == 8
    assert "frames" in under_test.answers.asked[-1]


def begin_long(under_test, dialog, path):
    wish(dialog, replace(BUILD, frames=5000))
    under_test.answers.exports = [path]
    click_export(dialog)
    under_test.wait_until(
        lambda: under_test.app.film_export.job is not None and under_test.app.film_export.job.done > 2
    )


def test_without_a_place_the_dialog_is_there_again(under_test, dialog):
    wish(dialog, BUILD)
    click_export(dialog)
    assert under_test.answers.asked[-1].startswith("export to")
    assert dialog.isVisible()
    assert dialog.recipe == BUILD
    before = dialog.preview.image
    QTest.keyClick(dialog.scrubber, Qt.Key.Key_End)
    under_test.wait_until(lambda: dialog.preview.image != before)


def test_a_sweep_of_a_neuron_that_is_not_there_becomes_the_usual_one(under_test):
    swept = FilmRecipe(What.SWEEP, APNG, LOOK, sweep=Sweep(Parameter(Kind.OUTPUT_WEIGHT, 99)))
    under_test.app.preferences.film = swept
    under_test.window.actions_["export_film"].trigger()
    dialog = under_test.window.export_film_dialog
    network = under_test.app.document.network
    assert dialog.recipe.sweep == Sweep(usual_swept(network))
    assert dialog.export_button.isEnabled()
    under_test.wait_until(lambda: not dialog.preview.image.isNull())
    QTest.keyClick(dialog.content.neuron_edit, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert dialog.content.neuron_edit.value() <= network.neurons


def test_a_kept_moment_is_in_the_film(under_test, tmp_path):
    """And is offered only where there is one."""
    window = under_test.window
    window.actions_["export_film"].trigger()
    dialog = window.export_film_dialog
    assert not dialog.look.parts[Part.KEPT].isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.actions_["keep_moment"].trigger()
    under_test.app.document.begin_gesture()
    under_test.app.document.preview({OUTPUT_BIAS: 3.0})
    under_test.app.document.finish_gesture("lift")
    grey = QColor(kept_colour(Look(LOOK.theme.palette)))
    counts = []
    for name, parts in (("with.apng", LOOK.parts), ("without.apng", LOOK.parts - {Part.KEPT})):
        window.actions_["export_film"].trigger()
        assert dialog.look.parts[Part.KEPT].isEnabled()
        look = PictureRecipe(640, 480, parts=parts - {Part.LEGEND})
        wish(dialog, FilmRecipe(What.SWEEP, APNG, look, fps=10, frames=3, hold=0.0))
        under_test.answers.exports = [tmp_path / name]
        click_export(dialog)
        under_test.wait_until(lambda: under_test.app.film_export.job is None)
        with Image.open(tmp_path / name) as film:
            shown = np.asarray(film.convert("RGB"))
        counts.append(int((shown == (grey.red(), grey.green(), grey.blue())).all(axis=2).sum()))
    assert counts[0] > counts[1] + 30


def test_cancelling_leaves_nothing(under_test, dialog, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    begin_long(under_test, dialog, folder / "film.apng")
    assert under_test.window.export_progress.isVisible()
    under_test.window.actions_["export_film"].trigger()
    assert not dialog.isVisible()
    assert under_test.message.startswith("An animation is being exported")
    QTest.mouseClick(under_test.window.export_progress.cancel_button, Qt.MouseButton.LeftButton)
    assert under_test.message == "Export cancelled: nothing was written"
    assert list(folder.iterdir()) == []
    assert under_test.window.export_progress.isHidden()


def test_closing_the_window_asks_before_it_breaks_off_an_export(under_test, dialog, tmp_path):
    begin_long(under_test, dialog, tmp_path / "film.apng")
    under_test.answers.cancels_export = False
    assert not under_test.window.close()
    assert under_test.answers.asked[-1] == "cancel export"
    under_test.wait_until(lambda: under_test.app.film_export.job.done > 5)
    assert under_test.window.isVisible()
    under_test.app.document.edit("by hand", axes=AxisNames("t"))
    under_test.app.end()
    assert under_test.app.film_export.job is None, "a signal asks nothing"
    assert not under_test.window.isVisible()


def test_the_answer_breaks_the_export_off_whatever_else_is_asked(under_test, dialog, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    folder.mkdir()
    begin_long(under_test, dialog, folder / "film.apng")
    under_test.app.document.edit("by hand", axes=AxisNames("t"))
    exported, left = [], []

    def unsaved(name):
        exported.append(under_test.app.film_export.job)
        left.append(list(folder.iterdir()))
        return Answer.CANCEL

    monkeypatch.setattr(under_test.answers, "unsaved", unsaved)
    assert not under_test.window.close()
    assert under_test.answers.asked[-1] == "cancel export"
    assert (exported, left) == ([None], [[]]), "gone before the next question is open"
    assert under_test.window.isVisible()
    assert under_test.window.export_progress.isHidden()
    assert under_test.message == "Export cancelled: nothing was written"
    monkeypatch.undo()
    assert under_test.window.close()
    assert under_test.answers.asked.count("cancel export") == 1


def test_closing_the_window_leaves_nothing(under_test, dialog, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    begin_long(under_test, dialog, folder / "film.apng")
    under_test.close()
    assert list(folder.iterdir()) == []
    assert not [thread for thread in threading.enumerate() if thread.name in {"shots", "frames", "encoder", "preview"}]


def test_a_folder_that_is_not_there_is_said(under_test, dialog, tmp_path):
    wish(dialog, BUILD)
    under_test.answers.exports = [tmp_path / "no" / "film.apng"]
    click_export(dialog)
    assert under_test.message.startswith("Not exported: ")
    assert "there is no folder" in under_test.message
    assert under_test.app.film_export.job is None


def test_without_a_recording_a_fresh_run_is_offered(under_test, dialog):
    wish(dialog, replace(BUILD, what=What.RECORDING))
    under_test.wait_until(lambda: "a fresh run can be filmed instead" in dialog.note.text())
    assert not dialog.export_button.isEnabled()


def test_choosing_no_place_writes_nothing(under_test, dialog):
    wish(dialog, BUILD)
    click_export(dialog)
    assert under_test.app.film_export.job is None
    assert under_test.window.export_progress.isHidden()
