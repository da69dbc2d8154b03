"""Shake in the running program: what is shaken follows the selection, the bundle the network; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter, all_of_neuron
from reluviz.core.perturbation import Shake
from reluviz.panels.shake_bar import ShakeBar

W1, W3 = (Parameter(Kind.OUTPUT_WEIGHT, j) for j in (0, 2))
B2 = Parameter(Kind.HIDDEN_BIAS, 1)


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments")
    yield app
    app.close()


def bar(app: AppUnderTest) -> ShakeBar:
    return app.window.shake_bar


def shake(app: AppUnderTest) -> Shake | None:
    return app.window.plot.bundle.shake


def shaken(app: AppUnderTest) -> frozenset[Parameter]:
    found = shake(app)
    assert found is not None
    return found.parameters


def sentence(app: AppUnderTest) -> str:
    return bar(app).sentence.text().replace("\u00a0", " ")


def choose(app: AppUnderTest, kind: Kind | None) -> None:
    what = bar(app).what
    what.setCurrentIndex([None, *Kind].index(kind))
    what.activated.emit(what.currentIndex())


def test_the_key_opens_it_with_the_first_neuron_and_closes_it(app: AppUnderTest) -> None:
    assert shake(app) is None
    app.press_key(Qt.Key.Key_K)
    assert bar(app).isVisible()
    assert app.window.actions_["shake"].isChecked()
    assert app.app.wiring.selection.selected == 0
    assert shaken(app) == set(all_of_neuron(0))
    app.wait_until(bar(app).slider.hasFocus)
    app.press_key(Qt.Key.Key_K)
    assert not bar(app).isVisible()
    assert not app.window.actions_["shake"].isChecked()
    assert shake(app) is None
    app.wait_until(app.window.plot.hasFocus)
    assert app.app.document.undo_stack.count() == 0


def test_the_selection_says_which_neuron_and_the_sentence_names_it(app: AppUnderTest) -> None:
    app.app.wiring.selection.select(2)
    app.press_key(Qt.Key.Key_K)
    choose(app, Kind.OUTPUT_WEIGHT)
    assert shaken(app) == {W3}
    assert sentence(app) == "Shaking w₃ of neuron 3 moves everything right of x = 0."
    table = app.window.neurons_panel.table
    app.wait_until(lambda: table.model().rowCount() == 3)
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(0, 0)).center()
    )
    assert shaken(app) == {W1}
    assert sentence(app) == "Shaking w₁ of neuron 1 moves everything right of x = −1."
    # A click on empty ground selects none, and what is shaken stays.
    ground = app.window.plot.pixel_at(-0.8, -4.0)
    QTest.mouseMove(app.window.plot.viewport(), ground)
    QTest.mouseClick(app.window.plot.viewport(), Qt.MouseButton.LeftButton, pos=ground)
    assert app.app.wiring.selection.selected is None
    assert shaken(app) == {W1}
    choose(app, Kind.OUTPUT_BIAS)
    assert shaken(app) == {OUTPUT_BIAS}
    assert sentence(app) == "Shaking b₀ moves the whole output."


def test_size_and_seed(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_K)
    first = shake(app)
    assert first is not None
    assert first.size == 0.2
    app.wait_until(bar(app).slider.hasFocus)
    QTest.keyClick(bar(app).slider, Qt.Key.Key_Right)
    larger = shake(app)
    assert larger is not None
    assert larger.size > 0.2
    assert larger.seed == first.seed
    QTest.mouseClick(bar(app).again, Qt.MouseButton.LeftButton)
    again = shake(app)
    assert again is not None
    assert (again.seed != first.seed, again.size) == (True, larger.size)
    assert app.app.document.undo_stack.count() == 0


def test_locked_parameters_do_not_shake_and_the_sentence_says_so(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_K)
    app.window.neurons_panel.locks_edited.emit((W1,), True)
    assert shaken(app) == set(all_of_neuron(0)) - {W1}
    assert sentence(app).endswith("w₁ is locked.")
    choose(app, Kind.OUTPUT_WEIGHT)
    assert shaken(app) == frozenset()
    assert sentence(app).startswith("w₁ is locked and does not shake")
    app.window.neurons_panel.locks_edited.emit((W1,), False)
    assert shaken(app) == {W1}


def test_the_sentence_follows_drags_and_undo(app: AppUnderTest) -> None:
    app.app.wiring.selection.select(1)
    app.press_key(Qt.Key.Key_K)
    assert sentence(app).endswith("moves its kink and everything right of x = −0.5.")
    at = app.start_drag(B2, QPoint(60, 0))
    app.wait_until(lambda: not sentence(app).endswith("x = −0.5."))
    app.release(at)
    app.window.actions_["undo"].trigger()
    assert sentence(app).endswith("x = −0.5.")
    assert bar(app).isVisible()


def test_it_lives_through_training_and_through_fewer_neurons(app: AppUnderTest) -> None:
    app.app.wiring.selection.select(2)
    app.press_key(Qt.Key.Key_K)
    app.drag(W3, QPoint(0, 40))
    before = app.window.plot.repaints
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 100)
    app.wait_until(lambda: app.window.plot.repaints > before + 5)
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: not frame.running)
    app.window.network_panel.neurons_edited.emit(1)
    assert shaken(app) == set(all_of_neuron(0))


@pytest.mark.parametrize("other", ["build_steps", "document"])
def test_another_bar_or_another_document_closes_it(app: AppUnderTest, other: str) -> None:
    app.press_key(Qt.Key.Key_K)
    if other == "document":
        app.window.actions_.example_chosen.emit("sine-by-5-relus")
    else:
        app.window.actions_[other].trigger()
        assert app.window.build_bar.isVisible()
    assert not bar(app).isVisible()
    assert shake(app) is None
    assert not app.window.actions_["shake"].isChecked()


def test_the_letter_is_typed_where_a_field_is_edited(app: AppUnderTest) -> None:
    field = app.window.neurons_panel.output_bias
    app.window.activateWindow()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    app.wait_until(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_K)
    assert shake(app) is None
    QTest.keyClick(field, Qt.Key.Key_Escape)
