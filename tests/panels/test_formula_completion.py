"""Names completed while a formula is typed: offered below the word, never in the way of Enter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reluviz.core.formula_functions import FUNCTIONS, NAMES
from reluviz.core.target import FunctionTarget
from reluviz.panels.formula_entries import completions, listed_entries
from reluviz.panels.formula_field import FormulaField

_PLAIN = Qt.KeyboardModifier.NoModifier


class Typist:
    """A formula field with another field behind it, and hands."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.field, self.other = FormulaField(), QLineEdit()
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.field)
        layout.addWidget(self.other)
        self.field.show_target(FunctionTarget("sine"), 100)
        self.window.resize(264, 200)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.line, self.completion = self.field.line, self.field.line.completion
        self.entered: list[str] = []
        self.field.entered.connect(self._on_entered)
        self.line.setFocus()
        self.line.selectAll()

    def _on_entered(self, target: object) -> None:
        self.entered.append(target.text)  # type: ignore[attr-defined]

    def type(self, text: str) -> None:
        # To whatever has the keyboard: with the list open that is the list, which hands it on.
        for letter in text:
            QTest.keyClicks(self._receiver(), letter)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        QTest.keyClick(self._receiver(), key, modifiers)

    def _receiver(self) -> QWidget:
        return self.completion.popup if self.completion.is_open else self.line

    @property
    def offered(self) -> list[str]:
        return [entry.name for entry in self.completion.offered] if self.completion.is_open else []


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Typist]:
    typist = Typist(qtbot)
    yield typist
    typist.completion.close()


def test_every_name_of_a_formula_is_offered_by_its_beginning() -> None:
    for name in (*FUNCTIONS, *NAMES):
        assert name in {entry.name for entry in completions(name[0])} or name == "x"
    assert [entry.name for entry in completions("SQ")] == ["sqrt"]
    assert completions("x") == completions("pi") == completions("") == completions("sinus") == ()


def test_the_list_of_functions_has_each_once() -> None:
    applied = [FUNCTIONS[entry.name].apply for entry in listed_entries() if entry.is_function]
    assert len(applied) == len(set(applied)) == len({function.apply for function in FUNCTIONS.values()})


def test_the_word_under_the_cursor_is_completed_with_tab(hands: Typist) -> None:
    hands.type("2*sq")
    assert hands.offered == ["sqrt"]
    assert hands.completion.popup.model().index(0, 0).data() == "sqrt(x) – square root"
    hands.press(Qt.Key.Key_Tab)
    assert hands.line.text() == "2*sqrt()"
    assert hands.line.cursorPosition() == len("2*sqrt(")
    assert hands.line.hasFocus()
    hands.type("x")
    hands.press(Qt.Key.Key_Return)
    assert hands.entered == ["2*sqrt(x)"]


def test_arrows_mark_a_name_and_enter_takes_it_without_applying(hands: Typist) -> None:
    hands.type("si")
    assert hands.offered == ["sign", "sin", "sinh", "sigmoid", "sinc"]
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    assert hands.line.text() == "si", "only a choice changes what is typed"
    hands.press(Qt.Key.Key_Return)
    assert hands.line.text() == "sin()"
    assert hands.entered == []
    assert not hands.completion.is_open


def test_enter_applies_a_formula_while_names_are_offered(hands: Typist) -> None:
    hands.type("x + e")
    assert "exp" in hands.offered
    hands.press(Qt.Key.Key_Return)
    assert hands.entered == ["x + e"]
    assert not hands.completion.is_open
    assert not hands.line.hasFocus()


def test_escape_closes_the_list_first_and_drops_the_text_next(hands: Typist) -> None:
    hands.type("ta")
    assert hands.offered == ["tan", "tanh"]
    hands.press(Qt.Key.Key_Escape)
    assert not hands.completion.is_open
    assert hands.line.text() == "ta"
    hands.press(Qt.Key.Key_Escape)
    assert hands.line.text() == "2*sin(x) + 5"


def test_the_list_goes_with_the_word(hands: Typist) -> None:
    hands.type("co")
    assert hands.offered == ["cos", "cosh"]
    hands.type("sh")
    assert hands.offered == ["cosh"]
    hands.type("(")
    assert hands.offered == []
    hands.type("x) + a")
    assert "abs" in hands.offered
    hands.press(Qt.Key.Key_Left)
    assert hands.offered == []
    hands.press(Qt.Key.Key_Left)
    hands.press(Qt.Key.Key_Tab)
    assert hands.other.hasFocus() or hands.field.help.hasFocus(), "without a list Tab leaves the field"


def test_numbers_offer_nothing(hands: Typist) -> None:
    for text in ("2e", "2.5e", "x1s", "12"):
        hands.line.selectAll()
        hands.type(text)
        assert hands.offered == [], text


def test_brackets_that_stand_already_are_kept(hands: Typist) -> None:
    hands.type("s(x)")
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_Right)
    hands.type("i")
    assert "sin" in hands.offered
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Tab)
    assert hands.line.text() == "sin(x)"
    assert hands.line.cursorPosition() == len("sin(")


def test_a_click_takes_a_name(hands: Typist) -> None:
    hands.type("lo")
    index = hands.completion.popup.model().index(1, 0)
    assert [entry.name for entry in hands.completion.offered] == ["log", "log2", "log10"]
    at = hands.completion.popup.visualRect(index).center()
    QTest.mouseClick(hands.completion.popup.viewport(), Qt.MouseButton.LeftButton, _PLAIN, at)
    assert hands.line.text() == "log2()"


def test_the_list_is_beside_the_word_and_shows_its_rows_whole(hands: Typist) -> None:
    hands.type("2*c")
    popup, line = hands.completion.popup, hands.line
    assert popup.y() >= line.mapToGlobal(line.rect().bottomLeft()).y() - 2
    assert popup.viewport().width() >= popup.sizeHintForColumn(0)


def test_what_is_put_in_can_be_taken_back(hands: Typist) -> None:
    hands.type("sq")
    hands.press(Qt.Key.Key_Tab)
    assert hands.line.text() == "sqrt()"
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.line.text() != "sqrt()"
    assert hands.entered == []


def test_a_bracket_that_was_put_in_is_typed_over(hands: Typist) -> None:
    hands.type("sq")
    hands.press(Qt.Key.Key_Tab)
    hands.type("ab")
    hands.press(Qt.Key.Key_Tab)
    hands.type("x)) + (1)")
    assert hands.line.text() == "sqrt(abs(x)) + (1)"
    hands.press(Qt.Key.Key_Return)
    assert hands.entered == ["sqrt(abs(x)) + (1)"]


def test_a_name_that_can_still_become_one_is_no_problem_yet(hands: Typist, qtbot: QtBot) -> None:
    hands.type("ta")
    hands.field._show_problem()
    assert hands.completion.is_open
    assert not hands.field.problem.text()
    hands.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "did you mean tan" in hands.field.problem.text(), timeout=60_000)


def test_few_names_need_no_scroll_bar(hands: Typist) -> None:
    hands.type("ta")
    assert not hands.completion.popup.verticalScrollBar().isVisible()
    assert not hands.completion.popup.horizontalScrollBar().isVisible()


def test_the_list_hides_nothing_of_the_line(hands: Typist) -> None:
    for text in ("s", "q", "r"):
        hands.type(text)
        line = QRect(hands.line.mapToGlobal(QPoint(0, 0)), hands.line.size())
        assert not hands.completion.popup.geometry().intersects(line), text
    screen = hands.line.screen().availableGeometry()
    hands.window.move(screen.left(), screen.bottom() - hands.window.height() + 150)
    hands.line.selectAll()
    for text in ("s", "q"):
        hands.type(text)
        line = QRect(hands.line.mapToGlobal(QPoint(0, 0)), hands.line.size())
        assert not hands.completion.popup.geometry().intersects(line), text


def test_enter_takes_the_only_name_that_a_word_can_become(hands: Typist) -> None:
    hands.type("2*sq")
    hands.press(Qt.Key.Key_Return)
    assert hands.line.text() == "2*sqrt()"
    assert hands.entered == []
    assert hands.line.hasFocus()
    hands.type("x")
    hands.press(Qt.Key.Key_Return)
    assert hands.entered == ["2*sqrt(x)"]


def test_enter_leaves_a_whole_name_as_it_is(hands: Typist) -> None:
    hands.type("sqrt")
    assert hands.offered == ["sqrt"]
    hands.press(Qt.Key.Key_Return)
    assert hands.line.text() == "sqrt"
    assert hands.field.problem.text()
