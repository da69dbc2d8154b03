from dataclasses import replace

import pytest
from panel_keyboard import type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reluviz.core.optimizer import Optimizer
from reluviz.core.schedule import Schedule
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.panels.training_panel import TrainingPanel


@pytest.fixture
def panel(qtbot):
    widget = TrainingPanel()
    qtbot.addWidget(widget)
    widget.show_settings(TrainingSettings(window_limit=900), 1024)
    for fold in widget.folds:
        fold.set_folded(False)
    widget.show()
    return widget


def choose(combo, label):
    """With the arrow key, from the entry beside it."""
    row = combo.findText(label)
    combo.setCurrentIndex(row - 1 if row else 1)
    QTest.keyClick(combo, Qt.Key.Key_Down if row else Qt.Key.Key_Up)


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
    said = (
        "'nan' is not a finite number" if text == "nan" else "the learning rate must lie above 0 and up to 1000, not "
    )
    assert told[0].startswith(f"learning rate: {said}")
    assert told[0].endswith("; kept 0.01")
    assert panel.learning_rate.value() == 0.01


def test_batches(panel, told):
    batches = panel.batches
    assert not batches.batch_size.isEnabled()
    tick(batches.full_batch)
    assert batches.batch_size.isEnabled()
    enter(batches.batch_size, "10")
    tick(batches.full_batch)
    assert [settings.batch_size for settings in told] == [100, 10, None]
    assert not batches.batch_size.isEnabled()


def test_a_batch_is_at_most_all_samples(panel, told):
    panel.show_settings(TrainingSettings(batch_size=20), 50)
    enter(panel.batches.batch_size, "51")
    assert told == ["batch size: a batch of 51 is more than the 50 samples; kept 20"]


def test_few_samples_make_small_batches(panel, told):
    panel.show_settings(TrainingSettings(), 11)
    tick(panel.batches.full_batch)
    assert told[0].batch_size == 11


def test_windows_or_epochs(panel, told):
    batched = TrainingSettings(batch_size=20)
    panel.show_settings(batched, 100)
    assert panel.batches.shuffle.text() == "Shuffle on&ce"
    choose(panel.batches.batching, "epochs")
    tick(panel.batches.shuffle)
    assert told == [replace(batched, batching="epochs"), replace(batched, batching="epochs", shuffle=True)]
    assert panel.batches.shuffle.text() == "Shuffle every epo&ch"


def test_what_says_nothing_of_a_full_batch_is_off(panel):
    panel.show_settings(TrainingSettings(), 100)
    assert not panel.batches.batching.isEnabled()
    assert not panel.batches.shuffle.isEnabled()


def test_stopping_at_a_step(panel, told):
    stop = panel.stop
    assert not stop.stop_step.isEnabled()
    tick(stop.stops)
    enter(stop.stop_step, "5000")
    tick(stop.stops)
    assert [settings.steps for settings in told] == [1000, 5000, None]


def test_stopping_elsewhere(panel, told):
    stop = panel.stop
    tick(stop.stops_at_epoch)
    tick(stop.stops_at_loss)
    enter(stop.loss_goal, "0,5")
    tick(stop.stops_on_plateau)
    enter(stop.plateau_steps, "300")
    enter(stop.plateau_tolerance, "0.2")
    plain = TrainingSettings(window_limit=900, epochs=100)
    assert told == [
        plain,
        replace(plain, loss_goal=0.01),
        replace(plain, loss_goal=0.5),
        replace(plain, loss_goal=0.5, plateau=Plateau()),
        replace(plain, loss_goal=0.5, plateau=Plateau(300)),
        replace(plain, loss_goal=0.5, plateau=Plateau(300, 0.2)),
    ]
    tick(stop.stops_on_plateau)
    assert told[-1].plateau is None
    assert not stop.plateau_tolerance.isEnabled()


def test_losses(panel, told):
    choose(panel.loss, "MAE")
    choose(panel.loss, "Huber")
    assert [settings.loss for settings in told] == ["mae", "huber"]
    assert "Huber, δ = 1" in panel.loss.toolTip()


@pytest.mark.parametrize(
    ("title", "name", "shown"),
    [
        ("SGD", "sgd", {"weight_decay"}),
        ("Momentum", "momentum", {"momentum", "weight_decay"}),
        ("Nesterov", "nesterov", {"momentum", "weight_decay"}),
        ("RMSprop", "rmsprop", {"alpha", "epsilon", "weight_decay"}),
        ("Adam", "adam", {"beta1", "beta2", "epsilon", "weight_decay"}),
    ],
)
def test_each_optimizer_has_exactly_its_own_numbers(panel, told, title, name, shown):
    panel.show_settings(TrainingSettings(optimizer=Optimizer("rmsprop" if name == "sgd" else "sgd")), 100)
    choose(panel.optimizer, title)
    assert [settings.optimizer.name for settings in told] == [name]
    assert {key for key, field in panel.details.numbers.items() if field.isVisible()} == shown


def test_another_optimizer_moves_nothing_above_it_and_keeps_the_rate(panel, told):
    before = panel.optimizer.geometry(), panel.learning_rate.geometry()
    choose(panel.optimizer, "Adam")
    panel.grab()
    assert (panel.optimizer.geometry(), panel.learning_rate.geometry()) == before
    assert told[0].learning_rate == 0.01
    assert "default for Adam is 0.001" in panel.learning_rate.toolTip()


def test_the_optimizers_numbers(panel, told):
    panel.show_settings(TrainingSettings(optimizer=Optimizer("adam")), 100)
    enter(panel.details.numbers["beta2"], "0.99")
    QTest.keyClick(panel.details.numbers["weight_decay"], Qt.Key.Key_Up)
    assert [settings.optimizer for settings in told] == [
        Optimizer("adam", beta2=0.99),
        Optimizer("adam", beta2=0.99, weight_decay=1e-4),
    ]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("beta1", "1", "β₁: beta1 must be at least 0 and less than 1, not 1; kept 0.9"),
        ("beta1", "-1", "β₁: beta1 must be at least 0 and less than 1, not -1; kept 0.9"),
        ("epsilon", "0", "ε: epsilon must lie above 0 and up to 1, not 0; kept 1·10⁻⁸"),
        ("weight_decay", "1e6", "weight decay: weight decay must lie from 0 to 1000, not 1e+06; kept 0"),
        ("gamma", "0", "γ: gamma must lie above 0 and up to 1, not 0; kept 0.1"),
        (
            "every",
            "0",
            "period: a period must lie from 1 to 1000000000000 steps, not 0; kept 1\u2009000",
        ),
    ],
)
def test_impossible_numbers_are_refused_where_they_are_typed(panel, told, name, text, words):
    settings = TrainingSettings(optimizer=Optimizer("adam"), schedule=Schedule("step"))
    panel.show_settings(settings, 100)
    field = panel.details.numbers[name]
    before = field.value()
    enter(field, text)
    assert told == [words]
    assert field.value() == before
    field.clearFocus()
    assert field.text() != text


def test_schedules(panel, told):
    shown = [
        {name for name in ("every", "gamma", "least") if panel.details.numbers[name].isVisible()}
        for title in ("step", "cosine", "constant")
        if not choose(panel.details.schedule, title)
    ]
    assert shown == [{"every", "gamma"}, {"every", "least"}, set()]
    assert [settings.schedule.name for settings in told] == ["step", "cosine", "constant"]


def test_the_least_rate_is_no_more_than_the_rate(panel, told):
    panel.show_settings(TrainingSettings(schedule=Schedule("cosine")), 100)
    enter(panel.details.numbers["least"], "0.5")
    assert told == ["the least rate 0.5 is more than the learning rate 0.01"]
    assert panel.details.numbers["least"].value() == 0.0


def test_a_folded_group_says_what_is_set_in_it(panel):
    panel.show_settings(TrainingSettings(batch_size=10, optimizer=Optimizer("momentum"), steps=5), 100)
    assert [fold.button.summary for fold in panel.folds] == [
        "momentum 0.9, constant rate",
        "10 in a row",
        "at step 5",
    ]


def test_showing_is_silent(panel, told):
    settings = TrainingSettings(0.2, 30, True, None, 77, Optimizer("adam"), Schedule("cosine"), "mse", "epochs", 5)
    panel.show_settings(settings, 100)
    assert panel.learning_rate.value() == 0.2
    assert not panel.batches.full_batch.isChecked()
    assert panel.batches.batch_size.value() == 30
    assert panel.batches.shuffle.isChecked()
    assert panel.optimizer.currentText() == "Adam"
    assert panel.loss.currentText() == "MSE"
    assert panel.stop.stops.isChecked()
    assert panel.stop.stop_step.value() == 77
    assert panel.stop.stop_epoch.value() == 5
    panel.show_settings(TrainingSettings(), 100)
    assert not panel.stop.stops.isChecked()
    assert told == []
