"""Formulas typed by hand: told while they are typed, taken over with Enter or on leaving, or refused."""

from __future__ import annotations

import pytest
from hostile_formulas import HOSTILE
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from reluviz.core.data_target import DataTarget
from reluviz.core.formula import MAX_LENGTH
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.target import FUNCTIONS, FunctionTarget, PointsTarget
from reluviz.panels.formula_field import PLACEHOLDER, FormulaField, undefined_text

SINE = FunctionTarget("sine")
# The field holds one character more than a formula; a NUL ends what Qt is given of a text.
TYPED = [text[: MAX_LENGTH + 1] for text, _, _ in HOSTILE if text.strip() and "\x00" not in text]


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    layout = QVBoxLayout(widget)
    widget.field, widget.other = FormulaField(), QLineEdit()
    layout.addWidget(widget.field)
    layout.addWidget(widget.other)
    widget.field.show_target(SINE, 1024)
    widget.resize(264, 200)
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


@pytest.fixture
def field(window):
    return window.field


@pytest.fixture
def told(field):
    heard = []
    field.previewed.connect(lambda target: heard.append(("preview", target and target.text)))
    field.entered.connect(lambda target: heard.append(("entered", target.text)))
    field.refused.connect(lambda message: heard.append(("refused", message)))
    return heard


def type_over(field, text):
    field.line.setFocus()
    field.line.selectAll()
    type_text(field.line, text)


def press(field, key):
    QTest.keyClick(field.line, key)


def test_it_shows_how_every_target_is_typed(field, told):
    assert field.line.text() == "2*sin(x) + 5"
    for target, text in (
        (FunctionTarget("square"), "x^2"),
        (FormulaTarget("x + 1"), "x + 1"),
        (PointsTarget(((0.0, 0.0), (1.0, 1.0))), ""),
        (DataTarget([0.0, 1.0], [1.0, 2.0]), ""),
    ):
        field.show_target(target, 10)
        assert field.line.text() == text
    assert field.line.placeholderText() == PLACEHOLDER
    assert told == []


def test_all_named_functions_can_be_gone_on_from(field, told):
    for name in FUNCTIONS:
        field.show_target(FunctionTarget(name), 10)
        field.line.setFocus()
        press(field, Qt.Key.Key_End)
        type_text(field.line, "+1")
        press(field, Qt.Key.Key_Return)
    assert [text for kind, text in told if kind == "entered"] == [f"{f.typed}+1" for f in FUNCTIONS.values()]


def test_what_is_typed_is_previewed_and_entered_once(field, told, qtbot):
    type_over(field, "x^2")
    qtbot.waitUntil(lambda: ("preview", "x^2") in told)
    assert not [kind for kind, _ in told if kind == "entered"]
    press(field, Qt.Key.Key_Return)
    assert told[-2:] == [("preview", None), ("entered", "x^2")]
    field.show_target(FormulaTarget("x^2"), 1024)
    press(field, Qt.Key.Key_Return)
    assert len([kind for kind, _ in told if kind == "entered"]) == 1
    assert not field.line.hasFocus()


def test_leaving_takes_it_over(window, field, told):
    type_over(field, "x - 1")
    window.other.setFocus()
    assert told[-1] == ("entered", "x - 1")


def test_escape_restores_and_ends_the_preview(field, told, qtbot):
    type_over(field, "x^2")
    qtbot.waitUntil(lambda: ("preview", "x^2") in told)
    press(field, Qt.Key.Key_Escape)
    assert field.line.text() == "2*sin(x) + 5"
    assert told[-1] == ("preview", None)
    assert field.line.hasFocus()


def test_the_same_text_and_an_empty_one_are_no_edit(window, field, told):
    type_over(field, "2*sin(x)  +  5")
    press(field, Qt.Key.Key_Return)
    type_over(field, " ")
    press(field, Qt.Key.Key_Return)
    type_over(field, " ")
    window.other.setFocus()
    assert [entry for entry in told if entry[0] != "preview"] == []
    assert field.line.text() == "2*sin(x) + 5"


@pytest.mark.parametrize("text", [*TYPED, "sqrt(-1 - x^2)"], ids=lambda text: repr(text)[:20])
def test_what_is_no_formula_is_marked_and_refused(window, field, told, text):
    field.line.setFocus()
    field.line.clear()
    field.line.insert(text)
    assert len(field.line.text()) <= MAX_LENGTH + 1
    field.line.setModified(True)
    press(field, Qt.Key.Key_Return)
    assert field.problem.isVisible()
    assert field.problem.text()
    assert "\n" not in field.problem.text()
    assert field.line.mark is not None
    assert field.line.hasFocus()
    assert field.width() <= 264
    window.other.setFocus()
    assert told[-1][0] == "refused"
    assert "column" in told[-1][1]
    assert field.line.text() == "2*sin(x) + 5"
    assert not field.problem.isVisible()
    assert [entry for entry in told if entry[0] == "entered"] == []


def test_the_mark_is_under_the_column(field, qtbot):
    type_over(field, "x + sn(x)")
    qtbot.waitUntil(field.problem.isVisible)
    qtbot.waitUntil(lambda: field.line.mark == 4)
    assert field.problem.text() == "unknown name 'sn': did you mean sin?"
    at = field.line.mark_at()
    press(field, Qt.Key.Key_Home)
    assert field.line.mark_at() == at
    for _ in range(4):
        press(field, Qt.Key.Key_Right)
    assert field.line.cursorRect().center().x() == pytest.approx(at.x(), abs=1.5)
    picture = field.line.grab().toImage()
    colour = field.problem.palette().color(field.problem.foregroundRole())
    near = [picture.pixelColor(round(at.x()) + dx, round(at.y()) - dy) for dx in range(6) for dy in range(4)]
    assert colour in near or any(c != picture.pixelColor(2, 3) for c in near)


def test_samples_without_a_value_are_counted(field, qtbot):
    type_over(field, "sqrt(x)")
    qtbot.waitUntil(field.note.isVisible)
    assert field.note.text() == "undefined for 512 of 1\u2009024 samples: left out"
    press(field, Qt.Key.Key_Escape)
    assert not field.note.isVisible()
    field.show_target(FormulaTarget("sqrt(x)"), 1024)
    assert field.note.isVisible()
    assert undefined_text(FormulaTarget("sqrt(x)"), 1_000_000) == (
        "undefined for about 50 % of 1\u2009000\u2009000 samples: left out"
    )
    assert undefined_text(FormulaTarget("x"), 1_000_000) == ""


def test_the_list_of_functions_puts_one_in(field, told, qtbot):
    type_over(field, "2*")
    QTest.mouseClick(field.help, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(field.menu.isVisible)
    entries = {
        action.text().partition(" – ")[0]: action for group in field.menu.actions() for action in group.menu().actions()
    }
    assert "where(condition, then, otherwise)" in entries
    assert entries["sqrt(x)"].text() == "sqrt(x) – square root"
    entries["sin(x)"].trigger()
    field.menu.close()
    type_text(field.line, "x")
    press(field, Qt.Key.Key_Return)
    assert told[-1] == ("entered", "2*sin(x)")


def test_what_is_being_typed_stays_when_another_target_comes(field, told):
    type_over(field, "x^")
    field.show_target(FunctionTarget("abs"), 1024)
    assert field.line.text() == "x^"
    press(field, Qt.Key.Key_Escape)
    assert field.line.text() == "abs(x)"
