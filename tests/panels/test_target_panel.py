import pytest
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Sampling
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.target import FunctionTarget, PointsTarget
from reluviz.panels.target_panel import TargetPanel

SEGMENTS = PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
SINE = FunctionTarget("sine")


@pytest.fixture
def panel(qtbot):
    widget = TargetPanel()
    qtbot.addWidget(widget)
    widget.show_target(SINE, Sampling(1024))
    widget.show()
    return widget


@pytest.fixture
def told(panel):
    heard = []
    for signal in (panel.target_edited, panel.samples_edited, panel.refused):
        signal.connect(heard.append)
    return heard


def choose(combo, label):
    """With the arrow key, from the entry beside it."""
    row = combo.findText(label)
    combo.setCurrentIndex(row - 1 if row else 1)
    QTest.keyClick(combo, Qt.Key.Key_Down if row else Qt.Key.Key_Up)


def enter(edit, text):
    edit.selectAll()
    type_text(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_choosing_a_function_keeps_the_domain(panel, told):
    choose(panel.function, "|x|")
    assert told == [FunctionTarget("abs", -3.0, 3.0)]


def test_choosing_what_is_shown_already_is_no_edit(panel, told):
    choose(panel.function, SINE.label)
    assert told == []


def test_the_points_of_the_document_are_a_choice(panel, told):
    labels = [panel.function.itemText(i) for i in range(panel.function.count())]
    panel.show_target(SEGMENTS, Sampling(100))
    assert panel.function.currentText() == "3 segments"
    choose(panel.function, "x²")
    panel.show_target(told[0], Sampling(100))
    choose(panel.function, "3 segments")
    assert told == [FunctionTarget("square", -1.0, 1.0), SEGMENTS]
    panel.forget_own()
    assert [panel.function.itemText(i) for i in range(panel.function.count())] == labels


def test_other_points_take_the_place_of_the_former(panel):
    panel.show_target(SEGMENTS, Sampling())
    panel.show_target(PointsTarget(((0.0, 0.0), (1.0, 1.0))), Sampling())
    assert panel.function.currentText() == "1 segment"
    assert panel.function.findText("3 segments") == -1


def test_the_domain(panel, told):
    enter(panel.low, "−5")
    assert told == [FunctionTarget("sine", -5.0, 3.0)]


def test_an_impossible_domain_is_refused(panel, told):
    enter(panel.low, "4")
    assert told == ["domain: the domain's end 3 must lie right of its start 4; kept −3 to 3"]
    assert (panel.low.value(), panel.high.value()) == (-3.0, 3.0)
    assert panel.low.text() in {"−3", "−3.000"}


def test_no_number_for_a_domain(panel, told):
    enter(panel.high, "1e308")
    assert told == ["domain end: the domain must lie within ±1e+09; kept 3"]


def test_samples(panel, told):
    enter(panel.samples, "500")
    enter(panel.samples, "0")
    enter(panel.samples, "100000000")
    assert told[0] == 500
    assert told[1] == "samples: a dataset has 1 to 10000000 samples, not 0; kept 500"
    assert told[2].startswith("samples: a dataset has 1 to 10000000 samples, not 100000000; kept ")


def test_showing_is_silent(panel, told):
    panel.show_target(FunctionTarget("runge", -1.0, 2.0), Sampling(7))
    panel.show_target(SEGMENTS, Sampling(8))
    panel.forget_own()
    assert told == []


FORMULA = FormulaTarget("where(x < 0, -1, 1)", -2.0, 4.0)
DATA = DataTarget([0.0, 1.0, 2.0], [1.0, 2.0, 4.0], name="a very long name of a file of data from a lab.csv")


@pytest.mark.parametrize("target", [SINE, SEGMENTS, FORMULA, DATA])
def test_every_kind_of_target_is_shown(panel, told, target):
    panel.resize(264, panel.height())
    panel.show_target(target, Sampling(100))
    assert not panel.points_table.isVisible()
    panel.points_fold.set_folded(False)
    assert panel.function.currentText() == target.label
    assert (panel.low.value(), panel.high.value()) == (target.low, target.high)
    assert panel.points_table.isVisible() is (target is SEGMENTS)
    assert panel.samples.isEnabled() is (target is not DATA)
    assert panel.samples.value() == (3 if target is DATA else 100)
    assert panel.minimumSizeHint().width() <= 264
    assert told == []


def test_a_label_of_any_text_is_one_plain_line(panel):
    before = panel.sizeHint().width()
    panel.show_target(DataTarget([0.0, 1.0], [0.0, 1.0], name="<b>&x\n" * 100), Sampling())
    assert "\n" not in panel.function.currentText()
    assert panel.sizeHint().width() == before
    panel.grab()


def test_formula_and_data_of_the_document_are_choices(panel, told):
    for target in (FORMULA, DATA):
        panel.show_target(target, Sampling())
    panel.show_target(SINE, Sampling())
    choose(panel.function, FORMULA.label)
    choose(panel.function, DATA.label)
    assert told == [FORMULA, DATA]
    panel.forget_own()
    assert panel.function.findText(FORMULA.label) == -1


def test_the_gallery_shows_what_functions_look_like(panel):
    pictures = [panel.function.itemIcon(i).pixmap(28, 16).toImage() for i in range(panel.function.count())]
    assert sum(not picture.isNull() for picture in pictures) == panel.function.count() - 1
    assert pictures[0] != pictures[1]


def test_kinds_that_are_not_there_yet_lead_to_where_they_are_made(panel, told, qtbot):
    heard = []
    panel.points_requested.connect(lambda: heard.append("points"))
    panel.data_requested.connect(lambda: heard.append("data"))
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    for label in ("Points…", "Data…", "Formula…"):
        choose(panel.function, label)
        assert panel.function.currentText() == SINE.label
    assert heard == ["points", "data"]
    assert panel.formula.line.hasFocus()
    assert panel.formula.line.selectedText() == "2*sin(x) + 5"
    assert told == []


def test_a_named_function_can_be_gone_on_from(panel, told):
    choose(panel.function, "x²")
    panel.show_target(told[0], Sampling())
    assert panel.formula.line.text() == "x^2"
    panel.formula.line.setFocus()
    QTest.keyClick(panel.formula.line, Qt.Key.Key_End)
    type_text(panel.formula.line, " + 1")
    QTest.keyClick(panel.formula.line, Qt.Key.Key_Return)
    assert told[1] == FormulaTarget("x^2 + 1", -3.0, 3.0)


def test_the_points_fold_up_into_a_line_that_counts_them(panel):
    fold = panel.points_fold
    panel.show_target(SINE, Sampling())
    height = panel.sizeHint().height()
    assert not fold.button.isVisible()
    panel.show_target(SEGMENTS, Sampling())
    assert panel.sizeHint().height() == height
    assert fold.button.summary == str(len(SEGMENTS.points))
    QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton)
    assert panel.points_table.isVisible()
    assert panel.sizeHint().height() > height + 40
    panel.show_target(SINE, Sampling())
    assert not panel.points_table.isVisible()
    panel.show_target(SEGMENTS, Sampling())
    assert panel.points_table.isVisible()


@pytest.mark.parametrize("folded", [True, False])
def test_while_points_are_edited_their_table_is_there(panel, folded):
    panel.show_target(SEGMENTS, Sampling())
    panel.points_fold.set_folded(folded)
    panel.show_editing(True)
    assert panel.points_table.isVisible()
    assert panel.edit_points.text() == "End editing"
    panel.show_editing(False)
    assert panel.points_table.isVisible() is not folded
    assert panel.edit_points.text() == "Edit points"
