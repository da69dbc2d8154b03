import pytest
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.core.activation import ACTIVATIONS, IDENTITY, RELU, leaky_relu
from reluviz.core.initializer import INITIALIZERS
from reluviz.core.start import Start
from reluviz.panels.network_panel import NetworkPanel


@pytest.fixture
def panel(qtbot):
    widget = NetworkPanel()
    qtbot.addWidget(widget)
    widget.show_start(Start())
    widget.show()
    return widget


@pytest.fixture
def told(panel):
    heard = []
    signals = (
        panel.neurons_edited,
        panel.activation_edited,
        panel.initializer_edited,
        panel.seed_edited,
        panel.refused,
    )
    for signal in signals:
        signal.connect(heard.append)
    panel.new_initialization_requested.connect(lambda: heard.append("new"))
    return heard


def enter(edit, text):
    edit.selectAll()
    type_text(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_neurons(panel, told):
    enter(panel.neurons, "100")
    QTest.keyClick(panel.neurons, Qt.Key.Key_Up)
    assert told == [100, 101]


@pytest.mark.parametrize("text", ["0", "100000", "nan"])
def test_impossible_numbers_of_neurons(panel, told, text):
    enter(panel.neurons, text)
    assert told == [f"neurons: '{text}' is not a whole number from 1 to 10\u2009000; kept 5"]
    assert panel.neurons.value() == 5


def test_activation_and_initializer(panel, told):
    panel.activation.setFocus()
    QTest.keyClick(panel.activation, Qt.Key.Key_Down)
    QTest.keyClick(panel.initializer, Qt.Key.Key_Down)
    assert told == [list(ACTIVATIONS.values())[1], list(INITIALIZERS)[1]]


def test_an_activation_that_is_not_listed_is_shown_while_it_is_there(panel, told):
    listed = panel.activation.count()
    panel.show_start(Start(activation=leaky_relu(0.2)))
    assert panel.activation.currentText() == "leaky ReLU, slope 0.2"
    panel.show_start(Start(activation=leaky_relu(0.3)))
    assert panel.activation.currentText() == "leaky ReLU, slope 0.3"
    assert panel.activation.count() == listed + 1
    panel.show_start(Start())
    assert panel.activation.currentText() == "ReLU"
    assert panel.activation.count() == listed
    assert told == []


def test_the_largest_seed(panel, told):
    enter(panel.seed, "4294967295")
    enter(panel.seed, "4294967296")
    assert told[0] == 2**32 - 1
    assert told[1].startswith("seed: '4294967296' is not a whole number from 0 to ")


def test_new_initialization(panel, told):
    QTest.mouseClick(panel.new_initialization, Qt.MouseButton.LeftButton)
    assert told == ["new"]
    assert not panel.new_initialization.hasFocus()


def test_showing_is_silent(panel, told):
    panel.show_start(Start("even", 12, 99, IDENTITY))
    assert panel.neurons.value() == 12
    assert panel.activation.currentText() == IDENTITY.label
    assert panel.initializer.currentText() == "even"
    assert panel.seed.value() == 99
    panel.show_start(Start(activation=RELU))
    assert panel.activation.currentText() == RELU.label
    assert told == []
