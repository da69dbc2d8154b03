import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reluviz.panels.speed_slider import SPEEDS, speed_text
from reluviz.panels.transport_bar import TransportBar


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    widget.bar = TransportBar()
    layout.addWidget(widget.bar)
    widget.resize(1280, 60)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


@pytest.fixture
def bar(window):
    return window.bar


@pytest.fixture
def told(bar):
    heard = []
    for signal in (bar.play_toggled, bar.steps_requested, bar.speed_changed):
        signal.connect(heard.append)
    bar.reset_requested.connect(lambda: heard.append("reset"))
    return heard


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_play_and_pause(bar, told):
    click(bar.play)
    assert told == [True]
    assert bar.play.accessibleName() == "Play"
    bar.show_progress(0, 0.0, 1.0, 0.0, True)
    assert bar.play.accessibleName() == "Pause"
    assert "Space" in bar.play.toolTip()
    click(bar.play)
    assert told == [True, False]


def test_steps_and_reset(bar, told):
    for button in bar.steppers:
        click(button)
    click(bar.reset)
    assert told == [1, 10, 100, "reset"]


def test_clicks_leave_the_space_key_to_the_window(window, bar, told, qtbot):
    shortcut = QShortcut(Qt.Key.Key_Space, window)
    click(bar.steppers[0])
    with qtbot.waitSignal(shortcut.activated):
        QTest.keyClick(window, Qt.Key.Key_Space)
    assert told == [1]


def test_a_button_reached_by_tab_keeps_the_space_key(window, bar, told):
    shortcut = QShortcut(Qt.Key.Key_Space, window)
    shortcut.activated.connect(lambda: told.append("shortcut"))
    bar.steppers[1].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bar.steppers[1], Qt.Key.Key_Space)
    assert told == [10]


def test_speed(bar, told):
    slider = bar.speed.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert told == [1.0, 2.0, None]


def test_faster_and_slower(bar, told):
    bar.set_speed(1000.0)
    bar.faster()
    bar.slower()
    bar.set_speed(None)
    bar.faster()
    assert told == [2000.0, 1000.0]


def test_set_speed_is_silent(bar, told):
    for speed in SPEEDS:
        bar.set_speed(speed)
        assert bar.speed.speed() == speed
    bar.set_speed(30.0)
    assert bar.speed.speed() in {20.0, 50.0}
    assert told == []


def test_speeds():
    assert SPEEDS[0] == 1.0
    assert SPEEDS[-2:] == (1e6, None)
    assert [speed_text(speed) for speed in (1.0, 2e4, None)] == ["1/s", "20\u2009000/s", "max"]


def test_readouts(bar, told):
    bar.show_progress(12340, 12.5, 0.0123, 3.1e6, True)
    bar.show_fps(59.7)
    shown = [readout.text() for readout in (bar.step, bar.epoch, bar.loss, bar.rate, bar.fps, bar.state)]
    assert shown == ["12\u2009340", "12.5", "0.01230", "3.10 M", "60", "training"]
    bar.show_progress(12340, 12345.0, 0.0123, 0.0, False)
    assert [readout.text() for readout in (bar.epoch, bar.rate, bar.state)] == ["12\u2009345", "–", "paused"]
    bar.show_progress(0, 0.0, float("nan"), 0.0, False, state="preparing…")
    assert [readout.text() for readout in (bar.loss, bar.state)] == ["–", "preparing…"]
    assert told == []


def test_nothing_moves_as_numbers_change(bar, window):
    def places():
        return [(part.x(), part.width()) for part in bar.children() if isinstance(part, QWidget)]

    before = places()
    for step, loss, rate in ((0, float("nan"), 0.0), (10**9, -1.2345e-17, 1.11e6), (10**10, 1.5e300, 9.99e9)):
        bar.show_progress(step, step / 7, loss, rate, True)
        bar.show_fps(240)
        bar.set_speed(None if step else 1e6)
        window.layout().activate()
        assert places() == before


def test_a_narrow_window_goes_without_the_lesser_readouts(bar, window):
    assert not bar.fps.isHidden()
    window.resize(bar.minimumSizeHint().width(), 60)
    assert bar.fps.isHidden()
    assert bar.state.isHidden()
    assert not bar.loss.isHidden()
    assert bar.loss.geometry().right() < bar.width()
    window.resize(1600, 60)
    assert not bar.fps.isHidden()
    assert not bar.state.isHidden()


def test_the_slider_stays_beside_its_label(bar, window):
    label = next(part for part in bar.speed.findChildren(QLabel) if part.buddy() is bar.speed.slider)
    for width in (1000, 2400):
        window.resize(width, 60)
        bar.speed.layout().activate()
        assert bar.speed.slider.x() - label.sizeHint().width() < 20


def test_the_readout_names_the_loss(bar):
    bar.set_loss("MAE", "mean |r|")
    assert bar.loss._caption.text() == "J = MAE"
    assert "mean |r|" in bar.loss.toolTip()


def test_validation_is_shown_where_there_is_a_split(bar):
    bar.resize(1600, bar.height())
    assert not bar.validation_loss.isVisible()
    bar.show_progress(1, 0.1, 0.5, 0.0, False, validation_loss=0.25)
    assert bar.validation_loss.isVisible()
    assert bar.validation_loss.text() == "0.2500"
    bar.show_progress(1, 0.1, 0.5, 0.0, False)
    assert not bar.validation_loss.isVisible()


def test_a_narrow_window_goes_without_others_for_the_validation_loss(window, bar):
    while bar.fps.isVisible():
        window.resize(window.width() - 10, window.height())
    window.resize(window.width() + 20, window.height())
    assert bar.fps.isVisible()
    bar.show_progress(1, 0.1, 0.5, 0.0, False, validation_loss=0.25)
    assert bar.validation_loss.isVisible()
    assert not bar.fps.isVisible()


def test_a_loss_that_is_rounding_is_about_zero(bar):
    bar.set_exact_below(1e-18)
    bar.show_progress(1, 0.1, 3.783e-31, 0.0, False)
    assert bar.loss.text() == "≈ 0"
    assert "3.783·10⁻³¹" in bar.loss.toolTip()
    bar.show_progress(1, 0.1, 3.783e-3, 0.0, False)
    assert bar.loss.text() == "0.003783"
    assert "3.783" not in bar.loss.toolTip()


def test_while_training_has_still_to_begin_the_play_button_says_so(bar, told):
    bar.show_progress(0, 0.0, 1.0, 0.0, True, state="preparing…", waiting=True)
    assert bar.state.text() == "preparing…"
    assert bar.play.toolTip().startswith("Preparing: training begins by itself")
    bar.show_progress(0, 0.0, 1.0, 0.0, True)
    assert bar.play.toolTip().startswith("Pause")
    assert told == []
