"""The control that exchanges v and w."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider

from reluviz.panels.gauge_control import GaugeControl

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def control(qtbot):
    widget = GaugeControl()
    qtbot.addWidget(widget)
    widget.resize(380, 100)
    widget.show_text("v₂ = 1")
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def told(control):
    heard = []
    control.started.connect(lambda: heard.append("started"))
    control.factor_moved.connect(heard.append)
    control.finished.connect(lambda: heard.append("finished"))
    control.cancelled.connect(lambda: heard.append("cancelled"))
    control.normalize_requested.connect(lambda: heard.append("normalize"))
    return heard


def knob(slider):
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    style = slider.style()
    box = style.subControlRect(QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider)
    return box.center()


def test_a_drag_is_told_from_start_to_end_and_the_slider_goes_back(control, told):
    slider, start = control.slider, knob(control.slider)
    QTest.mousePress(slider, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 6):
        QTest.mouseMove(slider, start + QPoint(8 * step, 0))
    QTest.mouseRelease(slider, LEFT, Qt.KeyboardModifier.NoModifier, start + QPoint(40, 0))
    factors = told[1:-1]
    assert (told[0], told[-1]) == ("started", "finished")
    assert len(factors) >= 4
    assert factors == sorted(factors)
    assert 1.0 < factors[-1] <= 16.0
    assert slider.factor == 1.0


def test_the_middle_holds_the_handle(control, told):
    slider, start = control.slider, knob(control.slider)
    QTest.mousePress(slider, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for by in (40, 20, 1, -1):
        QTest.mouseMove(slider, start + QPoint(by, 0))
    assert told[-1] == 1.0
    assert slider.value() == 0
    QTest.mouseRelease(slider, LEFT, Qt.KeyboardModifier.NoModifier, start)


@pytest.mark.parametrize(
    ("key", "factor"),
    [
        (Qt.Key.Key_Right, 2**0.25),
        (Qt.Key.Key_Left, 2**-0.25),
        (Qt.Key.Key_PageUp, 2.0),
        (Qt.Key.Key_PageDown, 0.5),
        (Qt.Key.Key_End, 16.0),
        (Qt.Key.Key_Home, 1 / 16),
    ],
)
def test_keys_move_it_while_they_are_down(control, told, key, factor):
    QTest.keyPress(control.slider, key)
    assert told == ["started", pytest.approx(factor)]
    QTest.keyRelease(control.slider, key)
    assert told[2:] == ["finished"]
    assert control.slider.factor == 1.0


def test_escape_puts_back(control, told):
    QTest.keyPress(control.slider, Qt.Key.Key_PageUp)
    QTest.keyClick(control.slider, Qt.Key.Key_Escape)
    QTest.keyRelease(control.slider, Qt.Key.Key_PageUp)
    assert told == ["started", 2.0, "cancelled"]
    assert control.slider.factor == 1.0


def test_the_wheel_leaves_it_alone(control, told):
    slider = control.slider
    at = QPointF(slider.rect().center())
    event = QWheelEvent(
        at,
        slider.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, event)
    assert told == []


def test_the_button_asks(control, told):
    QTest.mouseClick(control.normalize, LEFT)
    assert told == ["normalize"]


def test_where_it_cannot_work_it_says_why(control, told):
    control.show_refusal("b₂ is locked")
    assert control.text == "v and w cannot be exchanged: b₂ is locked"
    assert not control.slider.isEnabled()
    assert not control.normalize.isEnabled()
    control.show_empty()
    assert "Select a neuron" in control.text
    assert not control.slider.isEnabled()
    control.show_text("v₂ = 1")
    assert control.slider.isEnabled()
    assert told == []


def test_its_height_does_not_depend_on_what_it_says(control):
    heights = set()
    for text in ("short", "a text of several lines\n" * 3):
        control.show_text(text)
        heights.add(control.sizeHint().height())
    assert len(heights) == 1
    assert control.minimumSizeHint().width() < 380


def test_a_refusal_in_the_middle_of_a_drag_brings_the_slider_back(control, told):
    QTest.keyPress(control.slider, Qt.Key.Key_PageUp)
    control.show_refusal("v₂ is locked")
    assert control.slider.factor == 1.0
    QApplication.sendEvent(control.slider, QEvent(QEvent.Type.Leave))
    assert told == ["started", 2.0]
