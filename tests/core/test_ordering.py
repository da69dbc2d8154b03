from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY
from reluviz.core.construct import construct
from reluviz.core.network import Network
from reluviz.core.ordering import index_order, kink_order, partial_sum_polyline

SOURCE = construct(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
NUMBER = st.floats(-3.0, 3.0, allow_subnormal=False)


def test_orders() -> None:
    network = Network([1.0, 0.0, -1.0, 2.0, 1.0], [-1.0, 1.0, 0.0, 2.0, 0.0], np.ones(5))
    assert kink_order(network).tolist() == [3, 2, 4, 0, 1]
    assert index_order(network).tolist() == [0, 1, 2, 3, 4]
    assert kink_order(network.with_activation(IDENTITY)).tolist() == [0, 1, 2, 3, 4]


def test_the_sources_build_up() -> None:
    sums = [partial_sum_polyline(SOURCE, kink_order(SOURCE), m, -1.0, 1.0) for m in range(4)]
    assert [s.tolist() for s in sums] == [
        [[-1.0, -1.0], [1.0, -1.0]],
        [[-1.0, -1.0], [1.0, 7.0]],
        [[-1.0, -1.0], [-0.5, 1.0], [1.0, -5.0]],
        [[-1.0, -1.0], [-0.5, 1.0], [0.0, -1.0], [1.0, 0.0]],
    ]


@given(st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=8), NUMBER, st.data())
def test_each_polyline_is_the_dense_partial_sum(
    rows: list[tuple[float, float, float]], b0: float, data: st.DataObject
) -> None:
    network = Network(*np.array(rows).T, b0)
    order = data.draw(st.permutations(range(len(rows))))
    order = order[: data.draw(st.integers(0, len(rows)))]
    x = np.linspace(-1.0, 1.0, 41)
    dense = network.partial_sums(x, order)
    for m, expected in enumerate(dense):
        polyline = partial_sum_polyline(network, order, m, -1.0, 1.0)
        assert np.abs(np.interp(x, *polyline.T) - expected).max() < 1e-11


def test_impossible_orders_are_refused() -> None:
    with pytest.raises(ValueError, match="at most once"):
        partial_sum_polyline(SOURCE, [0, 0], 1, -1.0, 1.0)
    with pytest.raises(IndexError, match="names another"):
        partial_sum_polyline(SOURCE, [3], 1, -1.0, 1.0)
    with pytest.raises(ValueError, match="0 to 3 contributions"):
        partial_sum_polyline(SOURCE, [0, 1, 2], 4, -1.0, 1.0)


def test_there_may_be_very_many_contributions() -> None:
    many = Network(np.ones(1000), np.zeros(1000), np.ones(1000))
    assert partial_sum_polyline(many, index_order(many), 1000, -1.0, 1.0)[-1].tolist() == [1.0, 1000.0]
