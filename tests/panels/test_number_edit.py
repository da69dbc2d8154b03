import pytest
from panel_keyboard import type_text
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from reluviz.panels.number_edit import CountEdit, NumberEdit


class Recorder:
    """What an edit has told."""

    def __init__(self, edit):
        self.edited = []
        self.refused = []
        edit.edited.connect(self.edited.append)
        edit.refused.connect(self.refused.append)


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    QVBoxLayout(widget).addWidget(QLineEdit())
    qtbot.addWidget(widget)
    return widget


def shown(window, edit, qtbot):
    window.layout().addWidget(edit)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    assert edit.hasFocus()
    return edit


@pytest.fixture
def number(window, qtbot):
    edit = NumberEdit("w₂")
    edit.set_value(-8.0)
    return shown(window, edit, qtbot)


@pytest.fixture
def count(window, qtbot):
    edit = CountEdit("neurons", 1, 10_000)
    edit.set_value(5)
    return shown(window, edit, qtbot)


def leave(edit):
    edit.window().findChild(QLineEdit).setFocus()


def test_typing_a_number(number):
    told = Recorder(number)
    type_text(number, "−1,25e1")
    assert told.edited == []
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert told.edited == [-12.5]
    assert number.value() == -12.5
    leave(number)
    assert number.text() == "−12.50"
    assert told.edited == [-12.5]


def test_leaving_the_field_takes_the_number(number):
    told = Recorder(number)
    type_text(number, "3")
    leave(number)
    assert told.edited == [3.0]


def test_full_precision_while_editing(number):
    leave(number)
    number.set_value(0.1234567890123)
    assert number.text() == "0.1235"
    number.setFocus(Qt.FocusReason.TabFocusReason)
    assert number.text() == "0.1234567890123"
    told = Recorder(number)
    leave(number)
    assert told.edited == []
    assert number.value() == 0.1234567890123


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nan", "'nan' is not a finite number"),
        ("inf", "'inf' is not a finite number"),
        ("1e308", "'1e308' lies outside ±1·10⁹"),
        ("−1e10", "'−1e10' lies outside ±1·10⁹"),
        ("abc", "'abc' is not a finite number"),
    ],
)
def test_refusals_keep_the_value(number, text, why):
    told = Recorder(number)
    type_text(number, text)
    QTest.keyClick(number, Qt.Key.Key_Return)
    leave(number)
    assert told.refused == [f"w₂: {why}; kept −8.000"]
    assert told.edited == []
    assert number.value() == -8.0
    assert number.text() == "−8.000"


def test_an_emptied_field_is_refused(number):
    told = Recorder(number)
    QTest.keyClick(number, Qt.Key.Key_Delete)
    leave(number)
    assert told.refused == ["w₂: '' is not a finite number; kept −8.000"]
    assert number.text() == "−8.000"


def test_escape_drops_what_was_typed(number):
    told = Recorder(number)
    type_text(number, "77")
    QTest.keyClick(number, Qt.Key.Key_Escape)
    leave(number)
    assert (told.edited, told.refused) == ([], [])
    assert number.text() == "−8.000"


@pytest.mark.parametrize(
    ("key", "modifier", "value"),
    [
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, -7.9),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, -8.1),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, -7.99),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier, -7.0),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, -9.0),
    ],
)
def test_arrow_keys(number, key, modifier, value):
    told = Recorder(number)
    QTest.keyClick(number, key, modifier)
    assert told.edited == [value]


def test_steps_stop_at_the_limits(number):
    told = Recorder(number)
    number.set_value(1e9)
    QTest.keyClick(number, Qt.Key.Key_Up)
    assert told.edited == []
    assert number.value() == 1e9


def test_a_step_starts_from_what_was_typed(number):
    told = Recorder(number)
    type_text(number, "5")
    QTest.keyClick(number, Qt.Key.Key_Up)
    assert told.edited == [5.0, 5.1]


def test_the_buttons_step(number):
    told = Recorder(number)
    QTest.mouseClick(number, Qt.MouseButton.LeftButton, pos=QPoint(number.width() - 6, 6))
    QTest.mouseClick(number, Qt.MouseButton.LeftButton, pos=QPoint(number.width() - 6, number.height() - 6))
    assert told.edited == [-7.9, -8.0]


@pytest.mark.parametrize(
    ("modifier", "value"), [(Qt.KeyboardModifier.ShiftModifier, -7.99), (Qt.KeyboardModifier.ControlModifier, -7.0)]
)
def test_the_buttons_step_finer_and_coarser(number, modifier, value):
    told = Recorder(number)
    QTest.mouseClick(number, Qt.MouseButton.LeftButton, modifier, QPoint(number.width() - 6, 6))
    assert told.edited == [value]


def turn_wheel(edit, delta, modifier=Qt.KeyboardModifier.NoModifier):
    where = QPointF(edit.rect().center())
    event = QWheelEvent(
        where,
        edit.mapToGlobal(where),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(edit, event)
    return event.isAccepted()


def test_the_wheel_steps_when_focused_only(number):
    told = Recorder(number)
    assert turn_wheel(number, 120)
    assert told.edited == [-7.9]
    leave(number)
    assert not turn_wheel(number, 120)
    assert told.edited == [-7.9]


@pytest.mark.parametrize(
    ("modifier", "value"), [(Qt.KeyboardModifier.ShiftModifier, -8.01), (Qt.KeyboardModifier.ControlModifier, -9.0)]
)
def test_the_wheel_steps_finer_and_coarser(number, modifier, value):
    told = Recorder(number)
    turn_wheel(number, -120, modifier)
    assert told.edited == [value]


def test_small_turns_of_the_wheel_add_up(number):
    told = Recorder(number)
    turn_wheel(number, 60)
    assert told.edited == []
    turn_wheel(number, 60)
    assert told.edited == [-7.9]


def test_set_value_is_silent_and_spares_what_is_being_typed(number):
    told = Recorder(number)
    type_text(number, "4")
    number.set_value(2.0)
    assert number.text() == "4"
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert told.edited == [4.0]


def test_a_refusal_keeps_the_newest_value(number):
    told = Recorder(number)
    type_text(number, "x")
    number.set_value(2.0)
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert told.refused == ["w₂: 'x' is not a finite number; kept 2.000"]
    assert number.value() == 2.0


def test_a_focused_field_nobody_types_in_follows(number):
    told = Recorder(number)
    number.set_value(2.5)
    assert number.text() == "2.5"
    assert number.lineEdit().selectedText() == "2.5"
    assert told.edited == []


def test_a_placed_cursor_holds_the_text(number):
    QTest.keyClick(number, Qt.Key.Key_End)
    number.set_value(2.5)
    assert number.text() == "−8"
    leave(number)
    assert number.text() == "2.500"


def test_space_is_left_to_the_window(number, window, qtbot):
    shortcut = QShortcut(Qt.Key.Key_Space, window)
    with qtbot.waitSignal(shortcut.activated):
        QTest.keyClick(number, Qt.Key.Key_Space)
    assert number.text() == "−8"


def test_the_width_does_not_depend_on_the_value(number):
    width = number.sizeHint().width()
    for value in (0.0, -123456.789, -1.2345e-7):
        number.set_value(value)
        assert number.sizeHint().width() == width


def test_counts(count):
    told = Recorder(count)
    type_text(count, "1200")
    QTest.keyClick(count, Qt.Key.Key_Return)
    QTest.keyClick(count, Qt.Key.Key_Up)
    QTest.keyClick(count, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert told.edited == [1200, 1201, 1191]
    assert all(type(value) is int for value in told.edited)
    leave(count)
    assert count.text() == "1\u2009191"


@pytest.mark.parametrize("text", ["0", "100000", "2.5", "nan", "1e308", "many"])
def test_refused_counts(count, text):
    told = Recorder(count)
    type_text(count, text)
    QTest.keyClick(count, Qt.Key.Key_Return)
    assert told.refused == [f"neurons: '{text}' is not a whole number from 1 to 10\u2009000; kept 5"]
    assert told.edited == []
    assert count.value() == 5


def test_counts_beyond_32_bits(window, qtbot):
    edit = shown(window, CountEdit("stop at step", 0, 10**12), qtbot)
    told = Recorder(edit)
    type_text(edit, "1000000000000")
    leave(edit)
    assert told.edited == [10**12]
    assert edit.text() == "1·10¹²"


@pytest.mark.parametrize("kind", [NumberEdit, CountEdit])
def test_only_the_box_that_is_typed_into_has_its_text_marked(window, qtbot, kind):
    boxes = [kind("first", 0, 100), kind("second", 0, 100)]
    for box in boxes:
        window.layout().addWidget(box)
    boxes[1].hide()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    boxes[0].setFocus(Qt.FocusReason.TabFocusReason)
    boxes[1].show()
    boxes[1].setEnabled(False)
    boxes[1].revert()
    boxes[1].set_value(17)
    QApplication.processEvents()
    assert [box.lineEdit().selectedText() for box in boxes] == ["0", ""]
    boxes[1].setEnabled(True)
    boxes[1].setFocus(Qt.FocusReason.TabFocusReason)
    assert [box.lineEdit().selectedText() for box in boxes] == ["", "17"]
