import pytest
from panel_keyboard import type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reluviz.core.settings import TrainingSettings
from reluviz.panels.training_panel import TrainingPanel


@pytest.fixture
def panel(qtbot):
    widget = TrainingPanel()
    qtbot.addWidget(widget)
    widget.show_settings(TrainingSettings(window_limit=900), 1024)
    widget.show()
    return widget


@pytest.fixture
def told(panel):
    heard = []
    panel.settings_edited.connect(heard.append)
    panel.refused.connect(heard.append)
    return heard


def enter(edit, text):
    edit.selectAll()
    type_text(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def tick(check):
    QTest.mouseClick(check, Qt.MouseButton.LeftButton, pos=QPoint(8, check.height() // 2))


def test_learning_rate(panel, told):
    enter(panel.learning_rate, "0,03")
    QTest.keyClick(panel.learning_rate, Qt.Key.Key_Up)
    QTest.keyClick(panel.learning_rate, Qt.Key.Key_Up)
    assert [settings.learning_rate for settings in told] == [0.03, 0.05, 0.1]


def test_settings_without_a_field_are_kept(panel, told):
    enter(panel.learning_rate, "0.5")
    assert told == [TrainingSettings(0.5, window_limit=900)]


@pytest.mark.parametrize("text", ["0", "-1", "1e308", "nan"])
def test_impossible_learning_rates(panel, told, text):
    enter(panel.learning_rate, text)
    assert len(told) == 1
    assert told[0].startswith(f"learning rate: '{text}' ")
    assert told[0].endswith("; kept 0.01")
    assert panel.learning_rate.value() == 0.01


def test_batches(panel, told):
    assert not panel.batch_size.isEnabled()
    tick(panel.full_batch)
    assert panel.batch_size.isEnabled()
    enter(panel.batch_size, "10")
    tick(panel.full_batch)
    assert [settings.batch_size for settings in told] == [100, 10, None]
    assert not panel.batch_size.isEnabled()


def test_a_batch_is_at_most_all_samples(panel, told):
    panel.show_settings(TrainingSettings(batch_size=20), 50)
    enter(panel.batch_size, "51")
    assert told == ["batch size: '51' is not a whole number from 1 to 50; kept 20"]


def test_few_samples_make_small_batches(panel, told):
    panel.show_settings(TrainingSettings(), 11)
    tick(panel.full_batch)
    assert told[0].batch_size == 11


def test_shuffle(panel, told):
    tick(panel.shuffle)
    assert told == [TrainingSettings(shuffle=True, window_limit=900)]


def test_stopping(panel, told):
    assert not panel.stop_step.isEnabled()
    tick(panel.stops)
    enter(panel.stop_step, "5000")
    tick(panel.stops)
    assert [settings.steps for settings in told] == [1000, 5000, None]


def test_showing_is_silent(panel, told):
    settings = TrainingSettings(0.2, 30, True, None, 77)
    panel.show_settings(settings, 100)
    assert panel.learning_rate.value() == 0.2
    assert not panel.full_batch.isChecked()
    assert panel.batch_size.value() == 30
    assert panel.shuffle.isChecked()
    assert panel.stops.isChecked()
    assert panel.stop_step.value() == 77
    panel.show_settings(TrainingSettings(), 100)
    assert not panel.stops.isChecked()
    assert told == []
