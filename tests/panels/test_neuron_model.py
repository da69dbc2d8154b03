import math

import pytest
from network_samples import every_status, random_network, three_segments
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from reluviz.core.activation import ACTIVATIONS, IDENTITY
from reluviz.core.network import Status
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.panels.neuron_model import Column, NeuronModel

V1 = Parameter(Kind.HIDDEN_WEIGHT, 1)


@pytest.fixture
def model(qapp):
    return NeuronModel()


def text(model, row, column, role=Qt.ItemDataRole.DisplayRole):
    return model.data(model.index(row, column), role)


def test_what_a_row_says(model):
    model.show_network(three_segments(), -1.0, 1.0, 0, -1)
    assert [text(model, 1, column) for column in Column] == [
        "2",
        "1.000",
        "0.5000",
        "−8.000",
        "−0.5000",
        "−8.000",
        "active",
    ]


def test_headers(model):
    heads = [model.headerData(c, Qt.Orientation.Horizontal) for c in Column]
    assert heads == ["j", "vⱼ", "bⱼ", "wⱼ", "kⱼ", "wⱼ·vⱼ", "status"]
    assert "wⱼ·|vⱼ|" in model.headerData(Column.SLOPE, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


def test_status_and_how_to_revive(model):
    model.show_network(every_status(), -1.0, 1.0, 0, -1)
    assert [model.status(row) for row in range(4)] == [
        Status.ACTIVE,
        Status.DEAD,
        Status.OFF_DOMAIN,
        Status.CONSTANT,
    ]
    tips = [text(model, row, Column.STATUS, Qt.ItemDataRole.ToolTipRole) for row in range(4)]
    assert "at k₁ = −0.5000" in tips[0]
    assert "raise b₂ above −1.000 (now −3.000)" in tips[1]
    assert "put b₃ between −1.000 and 1.000 (now 5.000)" in tips[2]
    assert "give v₄ another value" in tips[3]


def test_advice_on_status_is_right(model):
    """Following the tip of a dead or off-domain neuron makes it active."""
    network = every_status()
    for parameter, value in ((Parameter(Kind.HIDDEN_BIAS, 1), -0.99), (Parameter(Kind.HIDDEN_BIAS, 2), 0.99)):
        network = network.with_values({parameter: value})
    assert network.status(-1.0, 1.0)[1:3] == [Status.ACTIVE, Status.ACTIVE]


def test_slope_tip_names_the_change_at_the_kink(model):
    model.show_network(every_status(), -1.0, 1.0, 0, -1)
    tip = text(model, 2, Column.SLOPE, Qt.ItemDataRole.ToolTipRole)
    assert "w₃·v₃ = −2.000" in tip
    assert "w₃·|v₃| = 2.000" in tip


def test_a_line_has_no_kink(model):
    model.show_network(three_segments().with_activation(IDENTITY), -1.0, 1.0, 0, -1)
    assert text(model, 0, Column.KINK) == "–"
    assert math.isnan(model.value(0, Column.KINK))
    assert "straight line everywhere" in text(model, 0, Column.STATUS, Qt.ItemDataRole.ToolTipRole)


def test_rows_come_and_go_without_a_reset(model, qtbot):
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    for neurons in (3, 200, 200, 1, 70):
        model.show_network(random_network(neurons), -1.0, 1.0, 0, 20)
        assert model.rowCount() == neurons
    assert resets == []


def test_only_rows_in_view_are_announced(model, qtbot):
    model.show_network(random_network(500), -1.0, 1.0, 0, -1)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.show_network(random_network(500, seed=1), -1.0, 1.0, 100, 120)
    first, last = changed.args[:2]
    assert (first.row(), last.row(), last.column()) == (100, 120, len(Column) - 1)


def test_rows_out_of_view_are_right_all_the_same(model):
    model.show_network(random_network(500), -1.0, 1.0, 0, 20)
    model.value(499, Column.KINK)
    network = random_network(500, seed=1)
    model.show_network(network, -1.0, 1.0, 0, 20)
    assert model.value(499, Column.KINK) == network.kinks[499]
    assert model.status(499) is network.status(-1.0, 1.0)[499]


def test_locked_cells_cannot_be_edited(model):
    model.show_network(three_segments(), -1.0, 1.0, 0, -1)
    model.set_locked(Locks(frozenset({V1})), 0, 2)
    editable = Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(1, Column.HIDDEN_WEIGHT)) & editable
    assert model.flags(model.index(0, Column.HIDDEN_WEIGHT)) & editable
    assert not model.flags(model.index(0, Column.KINK)) & editable
    assert "locked" in text(model, 1, Column.HIDDEN_WEIGHT, Qt.ItemDataRole.ToolTipRole)
    assert not model.setData(model.index(1, Column.HIDDEN_WEIGHT), 2.0)


def test_a_value_set_is_announced_and_not_kept(model, qtbot):
    model.show_network(three_segments(), -1.0, 1.0, 0, -1)
    with qtbot.waitSignal(model.parameter_edited) as edited:
        assert model.setData(model.index(1, Column.HIDDEN_WEIGHT), 2.0)
    assert edited.args == [V1, 2.0]
    assert model.value(1, Column.HIDDEN_WEIGHT) == 1.0


def test_nothing_below_the_rows(model):
    model.show_network(three_segments(), -1.0, 1.0, 0, -1)
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_the_heads_and_tips_of_place_and_slope_are_those_of_the_activation(model, qtbot):
    horizontal, tip = Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    for name, symbol, said in (
        ("tanh", "mⱼ", "Inflection"),
        ("hardtanh", "kⱼ", "First of two kinks"),
        ("leaky_relu", "kⱼ", "changes its slope"),
        ("identity", "–", "No kink"),
        ("relu", "kⱼ", "switches"),
    ):
        with qtbot.waitSignal(model.headerDataChanged):
            model.show_network(three_segments().with_activation(ACTIVATIONS[name]), -1.0, 1.0, 0, -1)
        assert model.headerData(Column.KINK, horizontal) == symbol
        assert said in model.headerData(Column.KINK, horizontal, tip)
        assert "bⱼ" in model.headerData(Column.HIDDEN_BIAS, horizontal)
    model.show_network(three_segments().with_activation(ACTIVATIONS["hardtanh"]), -1.0, 1.0, 0, -1)
    assert text(model, 1, Column.KINK, tip) == "k₂ = −1.5, and its second kink at x = 0.5"
    model.show_network(three_segments().with_activation(ACTIVATIONS["tanh"]), -1.0, 1.0, 0, -1)
    assert text(model, 1, Column.KINK, tip) == "m₂ = −0.5"
    with qtbot.assertNotEmitted(model.headerDataChanged):
        model.show_network(three_segments().with_activation(ACTIVATIONS["tanh"]), -1.0, 1.0, 0, -1)
