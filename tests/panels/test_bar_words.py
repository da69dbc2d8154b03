"""What bars say when there is nothing further on, and nobody's score."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reluviz.core.picture import Order
from reluviz.panels.challenge_bar import Meter
from reluviz.panels.sums_bar import SumsBar


def test_after_the_whole_sum_the_button_says_that_it_begins_anew(qtbot: QtBot) -> None:
    bar = SumsBar()
    qtbot.addWidget(bar)
    bar.show_sum(Order.KINK, "b₀ alone")
    assert bar.forward.text() == "Next ▶"
    width = bar.forward.sizeHint().width()
    bar.show_sum(Order.KINK, "the whole sum", is_whole=True)
    assert bar.forward.text() == "Again from b₀ ▶"
    assert bar.forward.minimumWidth() >= max(width, bar.forward.sizeHint().width())


def test_a_solution_that_was_shown_is_no_score(qtbot: QtBot) -> None:
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show_solution()
    assert "solution" in meter.text()
    assert meter.value() == 0
