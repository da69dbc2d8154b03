from __future__ import annotations

from time import thread_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY, RELU, Activation
from reluviz.core.construct import construct
from reluviz.core.influence import moved_interval
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.perturbation import Shake, bundle, outputs, shaken

SOURCE = construct(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
HARD_TANH = Activation("hard", "hard", line_offset=-1.0, hinge_at=(-1.0, 1.0), hinge_slope=(1.0, -1.0))
EVERY = [OUTPUT_BIAS, *(Parameter(kind, j) for kind in list(Kind)[:3] for j in range(3))]


@given(st.sets(st.sampled_from(EVERY)), st.sets(st.sampled_from(EVERY)), st.floats(0.0, 2.0), st.integers(0, 2**32))
def test_only_what_is_shaken_changes_and_never_what_is_locked(
    parameters: set[Parameter], locked: set[Parameter], size: float, seed: int
) -> None:
    bundle = shaken(SOURCE, parameters, size, 3, seed, Locks(frozenset(locked)))
    again = shaken(SOURCE, sorted(parameters, key=lambda p: -p.position(3)), size, 3, seed, Locks(frozenset(locked)))
    assert all(a.same_as(b) for a, b in zip(bundle, again, strict=True))
    for network in bundle:
        changed = {p for p in EVERY if network[p] != SOURCE[p]}
        assert changed <= parameters - locked
        if size > 0.01:
            assert changed == parameters - locked


def test_the_noise_is_gaussian_and_as_large_as_said() -> None:
    network = Network([1.0], [0.0], [-8.0])
    w, b = Parameter(Kind.OUTPUT_WEIGHT), Parameter(Kind.HIDDEN_BIAS)
    bundle = shaken(network, [w, b], 0.5, 1000, 1)
    changes = np.array([[n[w] + 8.0, n[b]] for n in bundle])
    assert np.std(changes, axis=0) == pytest.approx([4.0, 0.5], rel=0.1)
    assert np.mean(changes, axis=0) == pytest.approx([0.0, 0.0], abs=0.4)
    assert abs(np.corrcoef(changes.T)[0, 1]) < 0.15


def test_the_bundle_opens_with_the_size_and_keeps_its_directions() -> None:
    w = Parameter(Kind.OUTPUT_WEIGHT, 2)
    small, large = (np.array([n[w] - 5.0 for n in shaken(SOURCE, [w], s, 20, 7)]) for s in (0.1, 0.3))
    assert large == pytest.approx(3.0 * small)
    assert shaken(SOURCE, [w], 0.0, 2, 7)[0].same_as(SOURCE)


@pytest.mark.parametrize("neuron", [0, 1, 2])
def test_the_outputs_leave_each_other_only_where_the_weight_has_its_say(neuron: int) -> None:
    w = Parameter(Kind.OUTPUT_WEIGHT, neuron)
    kink = (moved_interval(SOURCE, w, -1.0, 1.0) or (np.nan,))[0]
    bundle = outputs(shaken(SOURCE, [w], 0.3, 5, 3), -1.0, 1.0)
    x = np.linspace(-1.0, 1.0, 201)
    curves = np.array([np.interp(x, *polyline.T) for polyline in bundle])
    spread = np.ptp(curves, axis=0)
    assert spread[x <= kink].max(initial=0.0) < 1e-12
    assert spread[x > kink + 0.005].min() > 0.0


def test_impossible_bundles_are_refused_and_huge_values_stay_finite() -> None:
    for size in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="size"):
            shaken(SOURCE, EVERY, size, 1, 0)
    with pytest.raises(ValueError, match="0 to 1000"):
        shaken(SOURCE, EVERY, 1.0, 1001, 0)
    with pytest.raises(IndexError, match="no neuron 4"):
        shaken(SOURCE, [Parameter(Kind.HIDDEN_BIAS, 3)], 1.0, 1, 0)
    assert len(shaken(Network([1e308], [1e308], [1e308]), [Parameter(Kind.HIDDEN_BIAS)], 1e300, 20, 0)) == 20


def test_a_bundle_of_a_thousand_neurons_follows_the_hand() -> None:
    random = np.random.default_rng(0)
    network = Network(random.normal(size=1000), random.normal(size=1000), random.normal(size=1000))
    every = [Parameter(kind, j) for kind in list(Kind)[:3] for j in range(1000)]
    took = []
    for _ in range(3):
        before = thread_time()
        assert len(outputs(shaken(network, every, 0.1, 40, 0), -1.0, 1.0)) == 40
        took.append(thread_time() - before)
    # Measured: 10 ms; the bound leaves room for a busy machine.
    assert min(took) < 0.1


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
    drawn = bundle(network, Shake(parameters, size, 11), 4, network.vertices(-2.0, 2.0))
    x = np.linspace(-2.0, 2.0, 301)
    for k, changed in enumerate(shaken(network, parameters, size, 4, 11)):
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
