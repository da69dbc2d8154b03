"""The dialog for pictures, under the hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from reluviz.core.picture_choices import ExportForm, PictureChoices
from reluviz.core.picture_recipe import Part, PictureRecipe, Theme
from reluviz.panels.export_picture_dialog import ExportPictureDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot):
    widget = ExportPictureDialog()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def told(dialog):
    heard = []
    dialog.edited.connect(lambda: heard.append(dialog.choices))
    dialog.copy_requested.connect(lambda: heard.append("copy"))
    dialog.accepted.connect(lambda: heard.append("accepted"))
    return heard


def choose(choice, value):
    choice.setCurrentIndex(choice.index_of(value))
    choice.activated.emit(choice.currentIndex())


def type_number(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_what_is_shown_is_what_is_wanted(dialog, told):
    recipe = PictureRecipe(800, 600, Theme.TRANSPARENT_DARK, frozenset({Part.RAYS, Part.TITLE}), 1.5, 150.0)
    for choices in (PictureChoices(ExportForm.SVG, recipe, True), PictureChoices()):
        dialog.show_choices(choices)
        assert dialog.choices == choices
    assert told == []


def test_every_field_counts(dialog, told):
    choose(dialog.look.form_choice, ExportForm.PDF)
    choose(dialog.look.theme_choice, Theme.DARK)
    choose(dialog.look.view_choice, True)
    type_number(dialog.look.width_edit, "640")
    type_number(dialog.look.height_edit, "480")
    type_number(dialog.look.percent_edit, "150")
    type_number(dialog.look.dpi_edit, "200")
    # On the box itself: beside a short label a check box does not take clicks.
    QTest.mouseClick(dialog.look.parts[Part.LOSS], LEFT, pos=QPoint(8, dialog.look.parts[Part.LOSS].height() // 2))
    expected = PictureRecipe(640, 480, Theme.DARK, PictureRecipe().parts | {Part.LOSS}, 1.5, 200.0)
    assert dialog.choices == told[-1] == PictureChoices(ExportForm.PDF, expected, True)
    assert dialog.look.size_choice.currentText() == "Own size"
    assert dialog.note.text().replace("\u2009", "") == "640 × 480 pixels, 8.1 × 6.1 cm on paper"


def test_presets_set_size_and_what_belongs_to_it(dialog, told):
    column = next(i for i in range(dialog.look.size_choice.count()) if "Paper" in dialog.look.size_choice.itemText(i))
    choose(dialog.look.size_choice, dialog.look.size_choice.value_at(column))
    recipe = told[-1].recipe
    assert recipe.width / recipe.dpi * 2.54 == pytest.approx(8.5, abs=0.01)
    assert dialog.look.size_choice.currentIndex() == column
    assert "8.5 ×" in dialog.note.text()


def test_impossible_sizes_are_refused_with_a_line(dialog, told):
    type_number(dialog.look.width_edit, "50000")
    assert "50000" in dialog.note.text()
    assert dialog.look.width_edit.value() == 1920
    type_number(dialog.look.width_edit, "16384")
    type_number(dialog.look.height_edit, "16384")
    assert dialog.choices is None
    assert "at most" in dialog.note.text()
    assert not dialog.export_button.isEnabled()
    assert not dialog.copy_button.isEnabled()
    dialog.accept()
    assert "accepted" not in told
    type_number(dialog.look.height_edit, "100")
    assert dialog.choices is not None
    assert dialog.export_button.isEnabled()


def test_tables_have_no_looks(dialog):
    choose(dialog.look.form_choice, ExportForm.CURVES)
    for field in (dialog.look.width_edit, dialog.look.theme_choice, dialog.look.parts[Part.RAYS], dialog.copy_button):
        assert not field.isEnabled()
    dialog.show_table("x,y\n1,2")
    assert dialog.preview.text == "x,y\n1,2"
    choose(dialog.look.form_choice, ExportForm.PNG)
    assert dialog.look.width_edit.isEnabled()
    assert dialog.copy_button.isEnabled()


def test_buttons(dialog, told):
    QTest.mouseClick(dialog.copy_button, LEFT)
    QTest.mouseClick(dialog.export_button, LEFT)
    assert told == ["copy", "accepted"]


def test_the_preview_shows_squares_through_what_is_transparent(dialog):
    image = QImage(200, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    for y in range(100):
        image.setPixelColor(100, y, QColor("red"))
    dialog.show_preview(image)
    shown = dialog.preview.grab().toImage()
    middle = shown.height() // 2
    row = [shown.pixelColor(x, middle).name() for x in range(shown.width())]
    assert row.count("#ff0000") == 1
    assert 40 < row.count("#ffffff") < 160
    assert 40 < row.count("#dcdcdc") < 160


def test_the_preview_keeps_proportions(dialog):
    for width, height in ((4000, 2000), (100, 4000), (16384, 1)):
        size = dialog.preview.fitting(width, height)
        assert 1 <= size.width() <= dialog.preview.width()
        assert 1 <= size.height() <= dialog.preview.height()
    assert dialog.preview.fitting(100, 50).toTuple() == (100, 50)


def test_return_exports_also_after_a_copy(dialog, told):
    QTest.mouseClick(dialog.copy_button, LEFT)
    dialog.reject()
    dialog.show()
    assert dialog.export_button.isDefault()
    assert not dialog.copy_button.hasFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert told == ["copy", "accepted"]
