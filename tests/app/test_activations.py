"""Other activations in the whole window: chosen, drawn, dragged, built from, copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from reluviz.core.activation import ACTIVATIONS, HARD_TANH, IDENTITY, RELU, TANH, leaky_relu
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter

X = np.linspace(-1.0, 1.0, 41)


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments")
    yield app
    app.close()


def test_another_activation_keeps_the_parameters_and_is_one_undo_step_while_training(app: AppUnderTest) -> None:
    app.app.playback.set_playing(True)
    app.wait_for(lambda frame: frame.step > 3)
    app.window.network_panel.activation.chosen.emit(TANH)
    before, now = app.app.document.undo_stack.count(), app.frame
    assert now.network.activation == TANH
    assert app.app.document.undo_stack.undoText() == "activation tanh"
    app.wait_for(lambda frame: frame.step > now.step + 3 and frame.network.activation == TANH)
    app.app.editing.undo()
    app.app.editing.undo()
    assert app.app.document.undo_stack.index() == before - 1
    assert app.frame.network.activation == RELU
    assert app.window.network_panel.activation.currentText() == "ReLU"


def test_the_same_activation_again_changes_nothing(app: AppUnderTest) -> None:
    app.app.editing.set_activation(RELU)
    assert not app.app.document.undo_stack.canUndo()


@pytest.mark.parametrize("name", [name for name, f in ACTIVATIONS.items() if f.bend_at])
def test_the_diamond_sets_b_and_the_circle_w(app: AppUnderTest, name: str) -> None:
    app.app.editing.set_activation(ACTIVATIONS[name])
    b, w = Parameter(Kind.HIDDEN_BIAS, 1), Parameter(Kind.OUTPUT_WEIGHT, 1)
    app.app.editing.set_parameter(w, -1.0)
    app.app.wiring.selection.select(1)
    app.window.plot.fit()
    app.window.plot.grab()
    before = app.frame.network
    app.drag(b, QPoint(40, 0))
    moved = app.frame.network
    assert moved.kinks[1] > before.kinks[1] + 0.01
    assert moved.hidden_weight[1] == before.hidden_weight[1]
    app.drag(w, QPoint(0, -40))
    assert app.frame.network[w] != moved[w]
    assert app.frame.network[b] == moved[b]


def test_a_line_has_no_diamond_and_a_smooth_output_no_corners(app: AppUnderTest) -> None:
    plot = app.window.plot
    assert plot.corner_pixel(1) is not None
    for activation in (IDENTITY, TANH):
        app.app.editing.set_activation(activation)
        plot.grab()
        assert (plot.handle_pixel(Parameter(Kind.HIDDEN_BIAS, 0)) is None) == (activation is IDENTITY)
        assert plot.corner_pixel(1) is None
        assert plot.handle_pixel(OUTPUT_BIAS) is not None


def test_building_sets_relu_and_says_so(app: AppUnderTest) -> None:
    app.app.editing.set_activation(TANH)
    app.window.actions_["build"].trigger()
    assert app.frame.network.activation == RELU
    assert app.message == "Built from ReLUs: the activation was tanh; undo brings it back"
    assert app.window.network_panel.activation.currentText() == "ReLU"
    app.app.editing.undo()
    assert app.frame.network.activation == TANH


@pytest.mark.parametrize("activation", [*ACTIVATIONS.values(), leaky_relu(0.2)], ids=lambda f: f.name)
def test_everything_of_the_window_works_with_every_activation(app: AppUnderTest, activation: object) -> None:
    app.app.editing.set_activation(activation)
    actions = app.window.actions_
    app.app.wiring.selection.select(1)
    names = ("raw_rays", "partial_sums", "sum_back", "scaled_rays", "residual", "shake", "shake", "mark_largest_error")
    for name in (*names, "snap", "split_neuron", "undo", "copy_numpy"):
        actions[name].trigger()
        app.window.plot.grab()
    text = QGuiApplication.clipboard().text()
    scope: dict[str, object] = {}
    exec(compile(text, "copied", "exec"), scope)
    function = scope["network"]
    assert callable(function)
    assert np.allclose(function(X), app.frame.network.output(X), rtol=0.0, atol=1e-9)
    actions["copy_table"].trigger()
    actions["paste"].trigger()
    assert app.frame.network.activation == activation


def test_a_hard_tanhs_second_diamond_is_one_undo_step_while_it_trains(app: AppUnderTest) -> None:
    app.app.editing.set_activation(HARD_TANH)
    app.window.plot.fit()
    app.app.wiring.selection.select(1)
    before, second = app.frame.network, Parameter(Kind.HIDDEN_WEIGHT, 1)
    app.drag(second, QPoint(60, 10))
    moved = app.frame.network
    assert moved.bend_places[1, 0] == pytest.approx(before.bend_places[1, 0])
    assert moved.bend_places[1, 1] > before.bend_places[1, 1] + 0.01
    stack = app.app.document.undo_stack
    assert stack.undoText() == "drag the second kink of neuron 2"
    stack.undo()
    assert app.frame.network.same_as(before)
    # So small that the handle is still where it was when the button goes down.
    app.app.editing.set_settings(replace(app.app.document.state.settings, learning_rate=1e-9))
    app.app.playback.set_playing(True)
    app.wait_for(lambda frame: frame.step > 3)
    at = app.start_drag(second, QPoint(60, 0))
    app.wait_until(lambda: {second, Parameter(Kind.HIDDEN_BIAS, 1)} <= set(app.app.document.held))
    app.release(at)
    assert not app.app.document.held
