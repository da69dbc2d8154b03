"""A line that ends in … where it has no room."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reluviz.panels.elided_label import ElidedLabel

LONG = "a sentence that does not fit into so little room"


def test_a_long_text_ends_in_an_ellipsis_and_is_whole_again_where_there_is_room(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show_text(LONG)
    assert label.text().endswith("…")
    assert (label.full_text, label.toolTip()) == (LONG, LONG)
    label.resize(900, 20)
    label.show()
    assert label.text() == LONG


def test_the_last_sentence_says_what_to_do_and_stays(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text("J diverged after step 11 589: this is the last finite state. Lower the rate.")
    label.resize(label.sizeHint().width() * 3 // 4, 20)
    label.show()
    assert label.text().endswith("… Lower the rate.")
    assert label.text().startswith("J diverged")
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    label.resize(60, 20)
    assert label.text().startswith("J ")
    assert label.text().endswith("…")
