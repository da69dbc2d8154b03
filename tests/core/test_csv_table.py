"""Tables of curves, parameters and losses, read back."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core.csv_table import check_curves, curves_csv, losses_csv, parameters_csv
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.history import LossCurve
from reluviz.core.network import Network
from reluviz.core.target import FunctionTarget

NUMBERS = st.floats(-10, 10, allow_nan=False)


def network_of(rows: list[tuple[float, float, float]], output_bias: float) -> Network:
    v, b, w = (np.array(column) for column in zip(*rows, strict=True))
    return Network(v, b, w, output_bias)


def table(text: str) -> tuple[list[str], np.ndarray]:
    names, *rows = csv.reader(io.StringIO(text))
    return names, np.array([[float(cell) if cell else np.nan for cell in row] for row in rows])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=6), NUMBERS)
def test_curves_hold_every_corner_and_add_up(rows, output_bias):
    network, target = network_of(rows, output_bias), FunctionTarget("sine")
    names, cells = table(curves_csv(network, target, 11))
    assert names[:4] == ["x", "corner", "target", "output"]
    assert names[4:] == [f"contribution_{j + 1}" for j in range(network.neurons)]
    x = cells[:, 0]
    assert (np.diff(x) > 0).all()
    assert np.isin(np.linspace(-3, 3, 11), x).all()
    corners = cells[cells[:, 1] == 1.0]
    assert np.isin(network.vertices(-3, 3)[:, 0], corners[:, 0]).all()
    np.testing.assert_array_equal(cells[:, 2], target(x))
    np.testing.assert_array_equal(cells[:, 3], network.output(x))
    np.testing.assert_allclose(cells[:, 4:].sum(axis=1) + output_bias, cells[:, 3], atol=1e-9)
    # Through the corners alone, the line is exact.
    np.testing.assert_allclose(np.interp(x, corners[:, 0], corners[:, 3]), cells[:, 3], atol=1e-9)


def test_where_the_target_has_no_value_the_cell_is_empty():
    text = curves_csv(network_of([(1.0, 0.0, 1.0)], 0.0), FormulaTarget("sqrt(x)", -1.0, 1.0), 5)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["x"] == "-1"
    assert rows[0]["target"] == ""
    assert rows[0]["output"] == "0"
    assert rows[-1]["target"] == "1"


def test_parameters_are_exact():
    network = network_of([(0.1, 1 / 3, -2.0), (0.0, 1.0, 5e-324)], 1e300)
    names, cells = table(parameters_csv(network))
    assert names == ["neuron", "v", "b", "w", "kink"]
    assert cells[:, 0].tolist() == [1.0, 2.0, 0.0]
    assert cells[:2, 1].tolist() == network.hidden_weight.tolist()
    assert cells[:, 2].tolist() == [*network.hidden_bias.tolist(), 1e300]
    assert cells[:2, 3].tolist() == network.output_weight.tolist()
    assert cells[0, 4] == -(1 / 3) / 0.1
    # A neuron that does not bend has no kink.
    assert np.isnan(cells[1, 4])


def test_losses():
    steps, losses = np.array([0.0, 5.0, 12345678.0]), np.array([1.0, 0.25, 1e-17])
    assert losses_csv(LossCurve(steps, losses)) == "step,loss\n0,1\n5,0.25\n12345678,1e-17\n"
    both = losses_csv(LossCurve(steps, losses, np.array([2.0, np.nan, 3.0])))
    assert both == "step,loss,validation_loss\n0,1,2\n5,0.25,\n12345678,1e-17,3\n"


def test_curves_of_very_many_neurons_are_refused():
    random = np.random.default_rng(0)
    few, many = (Network(*(random.normal(size=n) for _ in range(3)), 0.0) for n in (1000, 10_000))
    check_curves(few, FunctionTarget("sine"))
    with pytest.raises(ValueError, match=r"curves of 10\s000 neurons at .* places are more than"):
        check_curves(many, FunctionTarget("sine"))


def test_the_first_rows_are_those_of_the_whole():
    network = network_of([(1.0, 0.5, 2.0), (-1.0, 0.25, 1.0)], 0.5)
    whole = curves_csv(network, FunctionTarget("sine")).splitlines()
    assert curves_csv(network, FunctionTarget("sine"), rows=5).splitlines() == whole[:6]
