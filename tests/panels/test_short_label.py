"""A label that says the same in fewer letters where there is no room."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reluviz.panels.short_label import ShortLabel


def test_the_long_text_is_there_where_it_fits(qtbot: QtBot) -> None:
    label = ShortLabel("&Output bias b₀", "b₀")
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    label.show()
    assert label.text() == "&Output bias b₀"
    label.resize(label.minimumSizeHint())
    assert label.text() == "b₀"
    assert label.fontMetrics().horizontalAdvance("b₀") <= label.width()
    label.say("12 neurons", "12")
    assert (label.text(), label.full_text) == ("12", "12 neurons")
    label.resize(label.sizeHint())
    assert label.text() == "12 neurons"
