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
