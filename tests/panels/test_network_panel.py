import pytest
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.core.activation import ACTIVATIONS, IDENTITY, RELU, leaky_relu
from reluviz.core.initializer import INITIALIZERS
from reluviz.core.start import Start
from reluviz.panels.network_panel import INITIALIZER_TEXTS, NetworkPanel


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0", "a network has 1 to 10000 neurons, not 0"),
        ("100000", "a network has 1 to 10000 neurons, not 100000"),
        ("nan", "'nan' is not a whole number"),
    ],
)
def test_impossible_numbers_of_neurons(panel, told, text, said):
    enter(panel.neurons, text)
    assert told == [f"neurons: {said}; kept 5"]
    assert panel.neurons.value() == 5


def test_activation_and_initializer(panel, told):
    panel.activation.setFocus()
    QTest.keyClick(panel.activation, Qt.Key.Key_Down)
    QTest.keyClick(panel.initializer, Qt.Key.Key_Down)
    assert told == [list(ACTIVATIONS.values())[1], list(INITIALIZERS)[1]]


def test_a_leaky_relu_shows_its_slope_in_a_field_that_others_do_not_have(panel, told):
    assert not panel.slope.isVisible()
    panel.show_start(Start(activation=leaky_relu(0.2)))
    assert panel.activation.currentText() == "leaky ReLU"
    assert panel.slope.isVisible()
    assert panel.slope.text() == "0.2"
    panel.show_start(Start(activation=IDENTITY))
    assert not panel.slope.isVisible()
    assert panel.activation.count() == len(ACTIVATIONS)
    assert told == []


def test_a_slope_is_typed_and_comes_back_with_the_leaky_relu(panel, told):
    panel.show_start(Start(activation=leaky_relu()))
    enter(panel.slope, "-0.25")
    assert told == [leaky_relu(-0.25)]
    panel.show_start(Start(activation=leaky_relu(-0.25)))
    panel.show_start(Start(activation=RELU))
    panel.activation.setFocus()
    QTest.keyClick(panel.activation, Qt.Key.Key_Down)
    assert told[1:] == [leaky_relu(-0.25)]


@pytest.mark.parametrize("text", ["1.5", "-7"])
def test_a_slope_out_of_range_is_refused_in_the_activations_words(panel, told, text):
    panel.show_start(Start(activation=leaky_relu()))
    enter(panel.slope, text)
    assert told == [f"slope: the slope of a leaky ReLU must lie from -1 to 1, not {text}; kept 0.01"]
    assert panel.slope.value() == 0.01


def test_every_activation_and_initializer_is_there_with_a_tip(panel):
    shown = [panel.activation.itemText(i) for i in range(panel.activation.count())]
    assert shown == [activation.label for activation in ACTIVATIONS.values()]
    tips = [panel.activation.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(panel.activation.count())]
    assert "saturated below z = −3" in tips[list(ACTIVATIONS).index("tanh")]
    assert tuple(INITIALIZER_TEXTS) == tuple(INITIALIZERS)
    tips = [panel.initializer.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(panel.initializer.count())]
    assert all("v" in tip and "\n" not in tip for tip in tips)
    assert "±1/√n" in tips[list(INITIALIZERS).index("pytorch")]


def test_the_picture_follows_the_activation(panel, told):
    panel.show_start(Start(activation=ACTIVATIONS["sigmoid"]))
    assert panel.picture.activation == ACTIVATIONS["sigmoid"]
    assert "sensitive up to 6" in panel.picture.toolTip()


def test_the_largest_seed(panel, told):
    enter(panel.seed, "4294967295")
    enter(panel.seed, "4294967296")
    assert told[0] == 2**32 - 1
    assert told[1].startswith("seed: a seed is a whole number from 0 to 4294967295, not 4294967296; kept ")


def test_new_initialization(panel, told):
    QTest.mouseClick(panel.new_initialization, Qt.MouseButton.LeftButton)
    assert told == ["new"]
    assert not panel.new_initialization.hasFocus()


def test_showing_is_silent(panel, told):
    panel.show_start(Start("even", 12, 99, IDENTITY))
    assert panel.neurons.value() == 12
    assert panel.activation.currentText() == IDENTITY.label
    assert panel.initializer.currentText() == "even kinks"
    assert panel.seed.value() == 99
    panel.show_start(Start(activation=RELU))
    assert panel.activation.currentText() == RELU.label
    assert told == []


def test_a_start_that_is_no_draw_says_so_and_every_initializer_can_be_chosen(panel, told):
    panel.show_start(Start("he"), is_given=True)
    assert panel.initializer.currentText() == ""
    assert panel.initializer.placeholderText() == "given network"
    assert "Reset goes back to the network" in panel.initializer.toolTip()
    assert told == []
    panel.initializer.setFocus()
    QTest.keyClick(panel.initializer, Qt.Key.Key_Down)
    assert told == [next(iter(INITIALIZERS))]
    panel.show_start(Start("he"))
    assert panel.initializer.currentText() == "He"
    assert panel.initializer.placeholderText() == ""
