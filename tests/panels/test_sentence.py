"""Sentences under the plot: their change moves nothing around them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reluviz.panels.bar import Bar
from reluviz.panels.build_bar import BuildBar
from reluviz.panels.challenge_bar import ChallengeBar
from reluviz.panels.sentence import Sentence
from reluviz.panels.shake_bar import ShakeBar
from reluviz.panels.sums_bar import SumsBar


def test_one_line_and_two_take_the_same_room(qtbot: QtBot) -> None:
    sentence = Sentence()
    qtbot.addWidget(sentence)
    sentence.resize(200, 10)
    sentence.show_text("short")
    low = sentence.minimumHeight()
    sentence.show_text("a sentence that goes on for so long that it needs a second line")
    assert sentence.minimumHeight() == low >= 2 * sentence.fontMetrics().height()


def test_equations_stay_on_one_line_and_the_tooltip_has_all(qtbot: QtBot) -> None:
    sentence = Sentence()
    qtbot.addWidget(sentence)
    sentence.show_text("w₁ = 4 bends <b>it</b>")
    assert sentence.text() == "w₁\u00a0=\u00a04 bends <b>it</b>"
    assert sentence.toolTip() == sentence.text()


@pytest.fixture
def no_style_sheet(qapp: QApplication) -> Iterator[None]:
    """Without the sheet that a whole window of another test may have left, which holds the letters' size."""
    sheet = qapp.styleSheet()
    qapp.setStyleSheet("")
    yield
    qapp.setStyleSheet(sheet)


@pytest.mark.usefixtures("no_style_sheet")
def test_larger_letters_reserve_more_room(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sentence = Sentence(window)
    small = sentence.minimumHeight()
    font = window.font()
    font.setPointSizeF(2 * font.pointSizeF())
    window.setFont(font)
    assert sentence.minimumHeight() > 1.5 * small


@pytest.mark.parametrize("make", [BuildBar, ChallengeBar, ShakeBar, SumsBar])
def test_every_bar_speaks_in_such_a_sentence(qtbot: QtBot, make: type[Bar]) -> None:
    bar = make()  # type: ignore[call-arg]
    qtbot.addWidget(bar)
    assert isinstance(bar.sentence, Sentence)  # type: ignore[attr-defined]
