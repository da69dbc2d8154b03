"""Films of a construction, of partial sums and of a swept parameter."""

from dataclasses import replace

import numpy as np
import pytest

from reluviz.core.activation import IDENTITY
from reluviz.core.construct import build_steps
from reluviz.core.film_recipe import FilmRecipe, Sweep, What
from reluviz.core.film_run import FilmedRun
from reluviz.core.film_sources import BuildSource, SumsSource, swept, usual_swept
from reluviz.core.filmed import Filmed, picture_of, possible, source_of
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.picture import Order, Picture, Rays
from reluviz.core.target import FunctionTarget, PointsTarget

POINTS = [(-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)]
NETWORK = Network([1.0, 1.0], [-0.5, 0.5], [2.0, -3.0], 0.25)
X = np.linspace(-1.0, 1.0, 11)


def on(part: float) -> bool:
    return True


def test_a_construction_rests_at_each_of_its_steps():
    source, steps = BuildSource(PointsTarget(POINTS)), build_steps(POINTS)
    assert source.last == len(steps) - 1
    for i, step in enumerate(steps):
        assert source.at(float(i)).network.same_as(step.network)
    assert source.at(3.9).network.same_as(steps[4].network)
    assert source.at(3.9).caption == steps[4].sentence


def test_between_two_steps_the_parameters_move():
    source, steps = BuildSource(PointsTarget(POINTS)), build_steps(POINTS)
    weights = [source.at(position).network.output_weight[0] for position in (1.1, 1.3, 1.5)]
    assert steps[1].network.output_weight[0] < weights[0] < weights[1] < weights[2] < steps[2].network.output_weight[0]


def test_a_smooth_target_is_built_from_segments():
    source = BuildSource(FunctionTarget("sine"))
    assert source.at(source.last).network.neurons == 8


def test_sums_are_those_in_the_order_of_the_kinks():
    source = SumsSource(NETWORK, FunctionTarget("sine", -1.0, 1.0))
    order = [1, 0]
    sums = NETWORK.partial_sums(X, order)
    assert source.last == 2
    for added in range(3):
        np.testing.assert_allclose(source.heights(float(added), X), sums[added])
        assert source.at(float(added)).added == added
    assert source.at(2.0).caption.endswith("This is the output.")


def test_a_sweep_moves_one_parameter_alone():
    w2 = Parameter(Kind.OUTPUT_WEIGHT, 1)
    source = swept(NETWORK, w2, -1.0, 4.0)
    assert [source.at(p).network[w2] for p in (0.0, 0.5, 1.0)] == [-1.0, 1.5, 4.0]
    assert source.at(0.5).caption == "w₂ = 1.500"
    assert source.at(0.5).network.with_values({w2: -3.0}).same_as(NETWORK)


def test_a_sweep_without_ends_goes_as_far_as_the_value_is_large():
    ends = [
        swept(NETWORK, Parameter(Kind.OUTPUT_WEIGHT, 1), None, None).at(p).network.output_weight[1] for p in (0.0, 1.0)
    ]
    assert ends == [-6.0, 0.0]
    assert swept(NETWORK, OUTPUT_BIAS, None, 9.0).at(0.0).network.output_bias == -0.75


def test_a_neuron_that_is_not_there_cannot_be_swept():
    with pytest.raises(ValueError, match="w₃ cannot be swept: the network has 2 neurons"):
        swept(NETWORK, Parameter(Kind.OUTPUT_WEIGHT, 2), None, None)


def filmed(**fields):
    return Filmed(FilmedRun(PointsTarget(POINTS)), NETWORK, **fields)


def test_what_a_recipe_takes_of_a_document():
    assert isinstance(source_of(filmed(), FilmRecipe(what=What.BUILD), on), BuildSource)
    assert isinstance(source_of(filmed(), FilmRecipe(what=What.SUMS), on), SumsSource)
    usual = source_of(filmed(), FilmRecipe(what=What.SWEEP), on)
    assert usual.at(0.0).caption.startswith("w₂")
    chosen = source_of(filmed(), FilmRecipe(what=What.SWEEP, sweep=Sweep(OUTPUT_BIAS, 0.0, 2.0)), on)
    assert chosen.at(1.0).network.output_bias == 2.0


def test_a_document_without_a_recording_offers_a_fresh_run():
    with pytest.raises(ValueError, match="no recorded run: a fresh run"):
        source_of(filmed(), FilmRecipe(what=What.RECORDING), on)


def test_what_is_drawn():
    raw = filmed(picture=Picture(rays=Rays.RAW, hidden=frozenset({0})))
    assert picture_of(raw, FilmRecipe()) is raw.picture
    assert picture_of(raw, FilmRecipe(what=What.BUILD)) == Picture()
    shot = source_of(raw, FilmRecipe(what=What.SUMS), on).at(1.0)
    sums = picture_of(raw, FilmRecipe(what=What.SUMS), shot)
    assert (sums.rays, sums.order, sums.added, sums.shows_all) == (Rays.PARTIAL_SUMS, Order.KINK, 1, True)


def test_a_construction_beside_another_activation_says_so():
    assert source_of(filmed(), FilmRecipe(what=What.BUILD), on).note == ""
    linear = replace(filmed(), network=replace(filmed().network, activation=IDENTITY))
    note = source_of(linear, FilmRecipe(what=What.BUILD), on).note
    assert note == "built from ReLUs: the network's own activation is identity"


def test_a_sweep_that_was_remembered_is_of_a_neuron_that_there_is():
    for parameter in (OUTPUT_BIAS, Parameter(Kind.HIDDEN_BIAS, 1)):
        recipe = FilmRecipe(what=What.SWEEP, sweep=Sweep(parameter, 0.0, 2.0))
        assert possible(recipe, NETWORK) is recipe
    gone = FilmRecipe(what=What.SWEEP, sweep=Sweep(Parameter(Kind.OUTPUT_WEIGHT, 4), 0.0, 2.0))
    assert possible(gone, NETWORK) == replace(gone, sweep=Sweep(usual_swept(NETWORK)))
    assert possible(FilmRecipe(), NETWORK) == FilmRecipe()
