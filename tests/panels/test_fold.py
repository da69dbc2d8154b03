"""A fold: one line when folded, its fields when not, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reluviz.panels.fold import Fold
from reluviz.panels.number_edit import CountEdit


@pytest.fixture
def fold(qtbot):
    widget = Fold("name", "Title", "What it is for")
    qtbot.addWidget(widget)
    widget.field = CountEdit("count", 0, 10)
    widget.fields.add_field("A rather long label indeed", widget.field, "tip")
    widget.resize(300, 100)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_a_click_on_the_line_folds_out_and_up(fold):
    heard = []
    fold.folded.connect(heard.append)
    assert not fold.field.isVisible()
    QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton, pos=QPoint(200, 8))
    assert fold.field.isVisible()
    QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert not fold.field.isVisible()
    assert heard == [False, True]


def test_the_keyboard_folds_too(fold):
    fold.button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(fold.button, Qt.Key.Key_Space)
    assert not fold.is_folded


def test_setting_it_is_silent(fold):
    heard = []
    fold.folded.connect(heard.append)
    fold.set_folded(False)
    assert fold.field.isVisible()
    assert heard == []


def test_folding_out_needs_no_more_room_across(fold):
    before = fold.minimumSizeHint().width()
    fold.set_folded(False)
    assert fold.minimumSizeHint().width() <= before


def test_what_is_set_inside_is_read_while_it_is_folded(fold):
    plain = fold.button.grab().toImage()
    fold.button.set_summary("never")
    assert fold.button.grab().toImage() != plain
    assert fold.button.toolTip() == "What it is for: never"
    fold.set_folded(False)
    unfolded = fold.button.grab().toImage()
    fold.button.set_summary("sometimes")
    assert fold.button.grab().toImage() == unfolded, "unfolded, the fields themselves say it"
