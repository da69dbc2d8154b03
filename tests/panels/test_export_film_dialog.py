"""The dialog for animations, under the hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QStyle, QStyleOptionComboBox

from reluviz.core.film_format import APNG, FRAMES, GIF, MP4
from reluviz.core.film_recipe import FilmRecipe, Pace, Sweep, What
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.picture_recipe import Part, PictureRecipe, Theme
from reluviz.panels.export_film_dialog import ExportFilmDialog
from reluviz.panels.export_picture_dialog import ExportPictureDialog
from reluviz.panels.export_progress import ExportProgress
from reluviz.panels.roomy_dialog import FieldsArea

UNUSUAL = FilmRecipe(
    What.SWEEP,
    APNG,
    PictureRecipe(641, 361, Theme.TRANSPARENT_DARK, frozenset({Part.TARGET, Part.KINKS}), 1.5),
    fps=25,
    frames=75,
    pace=Pace.LOGARITHMIC,
    hold=0.5,
    steps=1234,
    from_present=True,
    sweep=Sweep(Parameter(Kind.HIDDEN_BIAS, 2), -1.0, 2.5),
)


@pytest.fixture
def dialog(qtbot):
    widget = ExportFilmDialog()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def choose(choice, value):
    """As the user does: down or up the list."""
    choice.setFocus()
    while choice.value_at(choice.currentIndex()) != value:
        by = Qt.Key.Key_Down if choice.index_of(value) > choice.currentIndex() else Qt.Key.Key_Up
        QTest.keyClick(choice, by)


def enter(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_loss_is_offered_with_runs_alone(dialog):
    loss = dialog.look.parts[Part.LOSS]
    for what in What:
        choose(dialog.content.what_choice, what)
        assert loss.isEnabled() is (what in {What.RUN, What.RECORDING})
        assert ("run" in loss.toolTip()) is not loss.isEnabled()
        assert loss.isChecked(), "it comes back with the next run"


def test_only_neurons_that_there_are_can_be_swept(dialog):
    content = dialog.content
    content.show_neurons(3)
    dialog.show_recipe(FilmRecipe(what=What.SWEEP, sweep=Sweep(Parameter(Kind.OUTPUT_WEIGHT, 2))))
    QTest.keyClick(content.neuron_edit, Qt.Key.Key_Up)
    assert content.neuron_edit.value() == 3
    enter(content.neuron_edit, "4")
    assert dialog.recipe.sweep == Sweep(Parameter(Kind.OUTPUT_WEIGHT, 2))
    assert "1 to 3" in dialog.note.text()


def test_no_name_of_a_parameter_is_cut(dialog):
    choice = dialog.content.kind_choice
    choose(dialog.content.what_choice, What.SWEEP)
    inside = choice.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, _option_of(choice), QStyle.SubControl.SC_ComboBoxEditField, choice
    )
    for i in range(choice.count()):
        assert choice.fontMetrics().horizontalAdvance(choice.itemText(i)) <= inside.width()


def _option_of(choice):
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    return option


@pytest.mark.parametrize(
    "recipe", [FilmRecipe(), UNUSUAL, FilmRecipe(what=What.SWEEP, sweep=Sweep(OUTPUT_BIAS)), FilmRecipe(frames=1)]
)
def test_a_recipe_that_is_shown_is_the_one_that_is_wanted(dialog, recipe):
    dialog.show_recipe(recipe)
    assert dialog.recipe == recipe


def test_the_sentence_says_how_long_and_how_large(dialog):
    dialog.show_recipe(FilmRecipe(frames=300, fps=30))
    size = "300 frames of 1\u2009920 × 1\u2009080 pixels, 10.0 s"
    assert dialog.note.text() == f"{size} (240 frames move, the ends are held), about 1.9 MB"
    dialog.show_recipe(FilmRecipe(frames=300, fps=30, hold=0.0))
    assert dialog.note.text() == f"{size}, about 1.9 MB"
    dialog.show_recipe(FilmRecipe(frames=20, look=PictureRecipe(160, 120)))
    assert dialog.note.text().endswith("(14 frames move, the ends are held), about 1 kB")


def test_without_a_film_there_is_none_to_be_seen_or_scrubbed(dialog):
    dialog.show_frame(QImage(32, 18, QImage.Format.Format_ARGB32_Premultiplied))
    enter(dialog.look.width_edit, "641")
    assert dialog.preview.image.isNull()
    assert not dialog.scrubber.isEnabled()
    assert dialog.time.text() == ""
    enter(dialog.look.width_edit, "642")
    assert dialog.scrubber.isEnabled()
    assert dialog.time.text() == "0.00 s"


def test_colours_without_a_ground_are_offered_where_the_form_can_have_them(dialog):
    themes = dialog.look.theme_choice
    for form, able in ((MP4, False), (APNG, True), (GIF, False), (FRAMES, True)):
        choose(dialog.look.form_choice, form)
        assert [themes.allows(theme) for theme in Theme] == [True, True, able, able]
    choose(dialog.look.form_choice, GIF)
    at = themes.index_of(Theme.TRANSPARENT)
    assert themes.itemData(at, Qt.ItemDataRole.ToolTipRole).startswith("GIF needs a ground: WebM, APNG")


@pytest.mark.parametrize("kind", [ExportFilmDialog, ExportPictureDialog])
@pytest.mark.parametrize("points", [9, 24, 40])
def test_however_large_the_letters_the_buttons_are_on_the_screen(qtbot, kind, points):
    dialog = kind()
    qtbot.addWidget(dialog)
    dialog.resize(10, 10)
    font = dialog.font()
    font.setPointSize(points)
    dialog.setFont(font)
    dialog.show()
    screen = dialog.screen().availableSize()
    assert dialog.height() < screen.height()
    for button in dialog.buttons.buttons():
        assert dialog.rect().contains(button.geometry().translated(dialog.buttons.pos()))
    area = dialog.findChild(FieldsArea)
    # Nothing is cut off at the side, whether it has to be scrolled or not.
    assert area.viewport().width() >= area.widget().minimumSizeHint().width()
    assert area.verticalScrollBar().maximum() >= area.widget().minimumSizeHint().height() - area.viewport().height()


def test_what_is_chosen_is_told_and_enables_its_fields(dialog, qtbot):
    content = dialog.content
    assert not content.kind_choice.isEnabled()
    with qtbot.waitSignal(dialog.edited):
        choose(content.what_choice, What.SWEEP)
    assert dialog.recipe.what is What.SWEEP
    assert content.kind_choice.isEnabled()
    assert not content.begin_choice.isEnabled()
    choose(content.kind_choice, Kind.OUTPUT_BIAS)
    assert not content.neuron_edit.isEnabled()
    assert dialog.recipe.sweep == Sweep(OUTPUT_BIAS)


def test_numbers_are_taken_over(dialog):
    enter(dialog.look.seconds_edit, "4")
    enter(dialog.look.fps_edit, "25")
    assert (dialog.recipe.frames, dialog.recipe.fps) == (100, 25)
    assert dialog.scrubber.maximum() == 99
    assert dialog.isVisible()


def test_sizes_by_name_and_by_number(dialog):
    square = next(preset for preset in map(dialog.look.size_choice.value_at, range(4)) if preset.name == "square")
    choose(dialog.look.size_choice, square)
    assert (dialog.recipe.look.width, dialog.recipe.look.height) == (1080, 1080)
    enter(dialog.look.width_edit, "1000")
    assert dialog.look.size_choice.currentText() == "Own size"


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [("width_edit", "641", "MP4 has even sides, not 641x1080: 642x1080"), ("seconds_edit", "0", "A film has 1 to")],
)
def test_what_cannot_be_is_said_and_cannot_be_exported(dialog, field, text, problem):
    enter(getattr(dialog.look, field), text)
    assert dialog.note.text().startswith(problem)
    assert dialog.recipe is None
    assert not dialog.export_button.isEnabled()
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_another_format_puts_right_what_it_cannot_have(dialog):
    dialog.show_recipe(UNUSUAL)
    choose(dialog.look.form_choice, MP4)
    assert (dialog.recipe.look.width, dialog.recipe.look.theme) == (642, Theme.DARK)
    choose(dialog.look.form_choice, FRAMES)
    assert dialog.recipe.form is FRAMES
    enter(dialog.look.fps_edit, "100")
    choose(dialog.look.form_choice, GIF)
    assert (dialog.recipe.fps, dialog.recipe.seconds) == (50, UNUSUAL.seconds)


def test_scrubbing_asks_for_frames(dialog):
    sought = []
    dialog.sought.connect(sought.append)
    dialog.scrubber.setFocus()
    QTest.keyClick(dialog.scrubber, Qt.Key.Key_Right)
    QTest.keyClick(dialog.scrubber, Qt.Key.Key_End)
    assert sought == [1, 299]
    assert dialog.time.text() == "9.97 s"


def test_frames_and_progress_are_shown(dialog):
    dialog.show_preparing(0.25)
    assert dialog.preview.text == "Preparing the animation … 25 %"
    image = QImage(32, 18, QImage.Format.Format_ARGB32_Premultiplied)
    dialog.show_frame(image)
    assert dialog.preview.image.size() == image.size()
    dialog.show_problem("there is no recorded run")
    assert dialog.note.text() == "There is no recorded run"


def test_parts_are_checked_off(dialog):
    QTest.mouseClick(dialog.look.parts[Part.LEGEND], Qt.MouseButton.LeftButton)
    assert Part.LEGEND not in dialog.recipe.look.parts


def test_the_progress_can_be_cancelled(qtbot):
    progress = ExportProgress()
    qtbot.addWidget(progress)
    assert progress.isHidden()
    progress.show_preparing(0.5)
    assert progress.label.text() == "Preparing the animation …"
    progress.show_frames(150, 600, 65.0)
    assert progress.label.text() == "150 of 600 frames, 1 min 05 s left"
    assert progress.bar.value() == progress.bar.maximum() // 4
    with qtbot.waitSignal(progress.cancel_requested):
        QTest.mouseClick(progress.cancel_button, Qt.MouseButton.LeftButton)
