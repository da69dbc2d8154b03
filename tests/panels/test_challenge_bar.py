"""The bar in which a blank network is tuned: what it shows and what it says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.score import Score
from reluviz.panels.challenge_bar import ChallengeBar


@pytest.fixture
def bar(qtbot: QtBot) -> ChallengeBar:
    bar = ChallengeBar()
    qtbot.addWidget(bar)
    bar.resize(640, 140)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def shown(bar: ChallengeBar) -> str:
    return bar.meter.text().replace("\u00a0", " ")


def test_the_score_with_its_word_and_j(bar: ChallengeBar) -> None:
    bar.show_score(Score(42.4, "on the way", 0.0123))
    assert (bar.meter.value(), shown(bar), bar.loss.text()) == (424, "42 · on the way", "J 0.01230")
    bar.show_score(Score(100.0, "perfect", 0.0))
    assert (bar.meter.value(), shown(bar)) == (bar.meter.maximum(), "100 · perfect")
    bar.show_score(Score(99.9, "very close", 1e-6))
    assert shown(bar) == "99 · very close", "only the goal is 100"


def test_what_is_shown_is_silent_and_moves_nothing(bar: ChallengeBar, qtbot: QtBot) -> None:
    def places() -> list[object]:
        parts = (bar.meter, bar.loss, bar.sentence, bar.budget, bar.hint, bar.close_)
        return [part.geometry() for part in parts]

    bar.show_score(Score(0.0, "no fit yet", 1.0))
    before = places()
    with qtbot.assertNotEmitted(bar.budget_edited):
        for budget, sentence in ((1, ""), (100, "One line."), (7, "Two lines of it. " * 8)):
            bar.show_budget(budget)
            bar.sentence.show_text(sentence)
            bar.show_score(Score(50.0, "close", 1.23e-45 * budget))
            bar.layout().activate()
            assert places() == before
    assert bar.sentence.toolTip() == bar.sentence.text()


def test_buttons_by_mouse_and_keyboard(bar: ChallengeBar, qtbot: QtBot) -> None:
    buttons = {
        bar.hint: bar.hint_requested,
        bar.reveal: bar.reveal_requested,
        bar.start_over: bar.start_over_requested,
        bar.close_: bar.close_requested,
    }
    for button, signal in buttons.items():
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        with qtbot.waitSignal(signal):
            QTest.keyClick(button, Qt.Key.Key_Space)
        assert button.toolTip()
    with qtbot.waitSignal(bar.close_requested):
        QTest.keyClick(bar.hint, Qt.Key.Key_Escape)
    bar.offer(hint=False, reveal=True)
    with qtbot.assertNotEmitted(bar.hint_requested):
        QTest.mouseClick(bar.hint, Qt.MouseButton.LeftButton)
    assert bar.reveal.isEnabled()


def test_the_budget(bar: ChallengeBar, qtbot: QtBot) -> None:
    bar.show_budget(3)
    bar.budget.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(bar.budget_edited) as told:
        QTest.keyClick(bar.budget, Qt.Key.Key_Up)
    assert told.args == [4]
    with qtbot.waitSignal(bar.refused) as refused:
        QTest.keyClicks(bar.budget, "101")
        QTest.keyClick(bar.budget, Qt.Key.Key_Return)
    assert "1 to 100" in refused.args[0]


def test_a_narrow_window_goes_without_j(bar: ChallengeBar) -> None:
    bar.show_score(Score(0.0, "no fit yet", 1.0))
    assert bar.loss.isVisible()
    bar.resize(bar.minimumSizeHint().width() - bar.loss.width(), 140)
    assert not bar.loss.isVisible()
    bar.resize(800, 140)
    assert bar.loss.isVisible()
