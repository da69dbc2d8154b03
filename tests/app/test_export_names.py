"""What is typed as the name of an export: a known extension wins, an unknown one is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_under_test import AppUnderTest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget

from reluviz.app.folders import documents_folder
from reluviz.app.questions import Questions
from reluviz.core.film_format import GIF, WEBM
from reluviz.core.film_recipe import FilmRecipe, What
from reluviz.core.picture_choices import ExportForm, PictureChoices
from reluviz.core.picture_recipe import PictureRecipe, Theme

KNOWN = (".png", ".svg", ".csv")


class Typist:
    """Types one name after the other into the dialogs that come, and reads what is said in between."""

    def __init__(self, *names: str) -> None:
        self._names = list(names)
        self.heard: list[str] = []
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and self._names:
            dialog.findChild(QLineEdit, "fileNameEdit").setText(self._names.pop(0))
            dialog.accept()
        elif isinstance(dialog, QFileDialog):
            dialog.reject()
        elif isinstance(dialog, QMessageBox):
            self.heard.append(f"{dialog.text()} {dialog.informativeText()}")
            dialog.defaultButton().click() if dialog.defaultButton() else dialog.accept()


@pytest.mark.parametrize(
    ("typed", "written"),
    [("gui", "gui.png"), ("gui.svg", "gui.svg"), ("gui.CSV", "gui.CSV"), ("step 0.5", "step 0.5.png")],
)
def test_a_known_extension_wins(qtbot, tmp_path, typed, written):
    window = QWidget()
    qtbot.addWidget(window)
    typist = Typist(str(tmp_path / typed))
    assert Questions(window).export_to_save(tmp_path / "suggestion.png", KNOWN) == tmp_path / written
    assert typist.heard == []


def test_an_unknown_extension_is_answered_and_the_dialog_comes_again(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    typist = Typist(str(tmp_path / "gui.xyz"), str(tmp_path / "gui.svg"))
    assert Questions(window).export_to_save(tmp_path / "suggestion.png", KNOWN) == tmp_path / "gui.svg"
    assert typist.heard == ["There is no export to “.xyz” files. The name may end in .png, .svg or .csv."]
    typist = Typist(str(tmp_path / "gui.xyz"))
    assert Questions(window).export_to_save(tmp_path / "suggestion.png", KNOWN) is None
    assert len(typist.heard) == 1


@pytest.fixture
def under_test(qtbot, tmp_path):
    program = AppUnderTest(qtbot, "three-segments", autosaves=tmp_path / "autosaves")
    yield program
    program.window.close()


@pytest.mark.parametrize(
    ("name", "begins", "form"),
    [("a.svg", b"<?xml", ExportForm.SVG), ("a.PDF", b"%PDF", ExportForm.PDF), ("a.csv", b"x,", ExportForm.CURVES)],
)
def test_a_picture_is_written_in_the_form_that_its_name_says(under_test, tmp_path, name, begins, form):
    under_test.app.preferences.picture_choices = PictureChoices()
    under_test.window.actions_["export_picture"].trigger()
    under_test.answers.exports = [tmp_path / name]
    under_test.window.export_picture_dialog.accept()
    under_test.wait_until((tmp_path / name).exists)
    under_test.wait_until(lambda: under_test.message.startswith("Exported: "))
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert under_test.app.preferences.picture_choices.form is form


def test_a_film_is_written_in_the_form_that_its_name_says_and_what_that_lacks_is_said(under_test, tmp_path):
    look = PictureRecipe(160, 120, Theme.TRANSPARENT_DARK)
    under_test.app.preferences.film = FilmRecipe(What.BUILD, WEBM, look, fps=10, frames=6)
    under_test.window.actions_["export_film"].trigger()
    under_test.answers.exports = [tmp_path / "named.gif"]
    under_test.window.export_film_dialog.accept()
    under_test.wait_until(lambda: under_test.message.startswith("Exported"))
    assert "GIF as its name says: no transparency" in under_test.message
    with Image.open(tmp_path / "named.gif") as film:
        assert (film.format, film.n_frames) == ("GIF", 6)
    assert under_test.app.preferences.film.form is GIF
    assert list(tmp_path.glob("named*")) == [tmp_path / "named.gif"]


def test_a_folder_of_documents_that_is_not_there_is_not_suggested(monkeypatch, tmp_path):
    named = tmp_path / "Documents"
    monkeypatch.setattr("reluviz.app.folders.QStandardPaths.writableLocation", lambda _: str(named))
    assert documents_folder() == Path.home()
    named.mkdir()
    assert documents_folder() == named
