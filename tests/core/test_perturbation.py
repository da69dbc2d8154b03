from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yardstick import times_as_dear

from reluviz.core.activation import IDENTITY, RELU, Activation
from reluviz.core.construct import construct
from reluviz.core.influence import moved_interval
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.perturbation import Shake, bundle

SOURCE = construct(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
HARD_TANH = Activation("hard", "hard", line_offset=-1.0, hinge_at=(-1.0, 1.0), hinge_slope=(1.0, -1.0))


def shaken(network: Network, shake: Shake, count: int) -> list[Network]:
    """The networks that a bundle shows the outputs of, one by one."""
    at = sorted(p.position(network.neurons) for p in shake.parameters)
    vectors = np.tile(network.vector, (count, 1))
    noise = np.random.default_rng(shake.seed).standard_normal((count, len(at)))
    vectors[:, at] += shake.size * np.maximum(np.abs(network.vector[at]), 1.0) * noise
    return [Network.from_vector(vector, network.activation) for vector in vectors]


def shake_of(parameter: Parameter, size: float, seed: int) -> Shake:
    return Shake(frozenset({parameter}), size, seed)


def test_the_noise_is_gaussian_and_as_large_as_said() -> None:
    network = Network([1.0], [0.0], [-8.0])
    shake = Shake(frozenset({Parameter(Kind.OUTPUT_WEIGHT), Parameter(Kind.HIDDEN_BIAS)}), 0.5, 1)
    drawn = bundle(network, shake, 1000, network.vertices(-9.0, 9.0))
    # At the right edge a slope of w, and a height of w·(9 + b).
    w = np.array([np.interp(9.0, x, y) - np.interp(8.0, x, y) for x, y in zip(drawn.x, drawn.y, strict=True)])
    changes = np.array([w + 8.0, drawn.y[:, -1] / w - 9.0])
    assert np.std(changes, axis=1) == pytest.approx([4.0, 0.5], rel=0.1)
    assert np.mean(changes, axis=1) == pytest.approx([0.0, 0.0], abs=0.4)
    assert abs(np.corrcoef(changes)[0, 1]) < 0.15


def test_the_bundle_opens_with_the_size_and_keeps_its_directions() -> None:
    w, corners = Parameter(Kind.OUTPUT_WEIGHT, 2), SOURCE.vertices(-1.0, 1.0)
    small, large = (bundle(SOURCE, shake_of(w, size, 7), 20, corners) for size in (0.1, 0.3))
    assert large.moved == pytest.approx(3.0 * small.moved)
    assert np.ptp(large.moved[:, -1]) > 1.0
    assert not bundle(SOURCE, shake_of(w, 0.0, 7), 2, corners).moved.any()


@pytest.mark.parametrize("neuron", [0, 1, 2])
def test_the_outputs_leave_each_other_only_where_the_weight_has_its_say(neuron: int) -> None:
    w = Parameter(Kind.OUTPUT_WEIGHT, neuron)
    kink = (moved_interval(SOURCE, w, -1.0, 1.0) or (np.nan,))[0]
    drawn = bundle(SOURCE, shake_of(w, 0.3, 3), 5, SOURCE.vertices(-1.0, 1.0))
    at = np.linspace(-1.0, 1.0, 201)
    spread = np.ptp([np.interp(at, x, y) for x, y in zip(drawn.x, drawn.y, strict=True)], axis=0)
    assert spread[at <= kink].max(initial=0.0) < 1e-12
    assert spread[at > kink + 0.005].min() > 0.0


def test_impossible_bundles_are_refused_and_huge_values_stay_within_the_domain() -> None:
    corners = SOURCE.vertices(-1.0, 1.0)
    for size in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="size"):
            bundle(SOURCE, shake_of(OUTPUT_BIAS, size, 0), 1, corners)
    with pytest.raises(ValueError, match="0 to 1000"):
        bundle(SOURCE, shake_of(OUTPUT_BIAS, 1.0, 0), 1001, corners)
    with pytest.raises(IndexError, match="3"):
        bundle(SOURCE, shake_of(Parameter(Kind.HIDDEN_BIAS, 3), 1.0, 0), 1, corners)
    huge = Network([1e308], [1e308], [1e308])
    drawn = bundle(huge, shake_of(Parameter(Kind.HIDDEN_BIAS), 1e300, 0), 20, huge.vertices(-1.0, 1.0))
    assert len(drawn.x) == 20
    assert (np.abs(drawn.x) <= 1.0).all()


def test_a_bundle_of_a_thousand_neurons_costs_less_than_its_networks() -> None:
    random = np.random.default_rng(0)
    network = Network(random.normal(size=1000), random.normal(size=1000), random.normal(size=1000))
    corners = network.vertices(-1.0, 1.0)
    shake = shake_of(Parameter(Kind.OUTPUT_WEIGHT, 7), 0.1, 0)

    def each(_: int) -> None:
        for changed in shaken(network, shake, 40):
            changed.vertices(-1.0, 1.0)

    # Measured: 0.1.
    assert times_as_dear(lambda _: bundle(network, shake, 40, corners), each) < 0.5


NUMBER = st.floats(-3.0, 3.0)


@given(
    st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=6),
    st.sampled_from([RELU, IDENTITY, HARD_TANH]),
    st.sets(st.sampled_from(list(Kind)[:3]), min_size=1),
    st.sampled_from([0.0, 0.05, 0.7, 3.0]),
    st.data(),
)
def test_the_bundle_is_the_outputs_of_the_shaken_networks(
    rows: list[tuple[float, float, float]], activation: Activation, kinds: set[Kind], size: float, data: st.DataObject
) -> None:
    network = Network(*np.array(rows).T, 0.5, activation)
    neuron = data.draw(st.integers(0, network.neurons - 1))
    parameters = frozenset(Parameter(kind, neuron) for kind in kinds)
    shake = Shake(parameters, size, 11)
    drawn = bundle(network, shake, 4, network.vertices(-2.0, 2.0))
    x = np.linspace(-2.0, 2.0, 301)
    for k, changed in enumerate(shaken(network, shake, 4)):
        assert np.interp(x, drawn.x[k], drawn.y[k]) == pytest.approx(changed.output(x), abs=1e-6)
        assert (np.diff(drawn.x[k]) >= 0.0).all()
        assert drawn.y[k] - drawn.moved[k] == pytest.approx(network.output(drawn.x[k]), abs=1e-6)


def test_a_bundle_of_b0_lifts_the_whole_output() -> None:
    drawn = bundle(SOURCE, Shake(frozenset({OUTPUT_BIAS}), 0.5, 2), 30, SOURCE.vertices(-1.0, 1.0))
    assert drawn.moved == pytest.approx(np.repeat(drawn.moved[:, :1], drawn.moved.shape[1], axis=1))
    assert np.std(drawn.moved[:, 0]) == pytest.approx(0.5, rel=0.3)


def test_one_neuron_is_shaken_at_a_time_by_a_possible_size() -> None:
    with pytest.raises(ValueError, match="one neuron"):
        Shake(frozenset({OUTPUT_BIAS, Parameter(Kind.OUTPUT_WEIGHT)}), 0.1, 0)
    with pytest.raises(ValueError, match="size"):
        bundle(SOURCE, Shake(frozenset({OUTPUT_BIAS}), -0.1, 0), 2, SOURCE.vertices(-1.0, 1.0))
    nothing = bundle(SOURCE, Shake(frozenset(), 0.1, 0), 2, SOURCE.vertices(-1.0, 1.0))
    assert not nothing.moved.any()
