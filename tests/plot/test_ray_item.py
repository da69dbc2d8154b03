"""Rays: cut into segments, put together by pen, and found under the mouse."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_RELUS
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.network import Network
from reluviz.core.palette import DARK, LIGHT
from reluviz.plot.look import Look
from reluviz.plot.polyline import distances
from reluviz.plot.projection import Projection
from reluviz.plot.ray_item import nearest_neuron, ray_segments, ray_strokes, ray_width

# One pixel is 0.01 across and 0.1 upwards; the zero line is at 50.
VIEW = Projection(-1.0, 1.0, -5.0, 5.0, 0.0, 0.0, 200.0, 100.0)


def rays(network: Network, view: Projection = VIEW):
    return ray_segments(network, -1.0, 1.0, view)


def many(neurons: int) -> Network:
    random = np.random.default_rng(neurons)
    return Network(random.normal(size=neurons), random.normal(size=neurons), random.normal(size=neurons))


def pixel(x: float, y: float) -> tuple[float, float]:
    return float(VIEW.x(x)), float(VIEW.y(y))


def test_the_nearest_ray_is_found_within_reach():
    found = rays(THREE_RELUS)
    assert nearest_neuron(found, *pixel(-0.5, 2.0), 3.0) == 0
    assert nearest_neuron(found, *pixel(-0.3, -1.6), 3.0) == 1
    assert nearest_neuron(found, *pixel(0.5, 2.5), 3.0) == 2
    assert nearest_neuron(found, *pixel(0.5, 0.4), 3.0) is None


def test_on_the_zero_line_only_a_ray_that_lies_there_alone_is_found():
    found = rays(THREE_RELUS)
    assert nearest_neuron(found, *pixel(-0.2, 0.0), 3.0) == 2
    assert nearest_neuron(found, *pixel(-0.7, 0.0), 3.0) is None
    assert nearest_neuron(found, *pixel(-0.97, 0.0), 4.0) == 0, "a sloping ray comes before the flat ones"


def test_without_rays_nothing_is_found():
    above = Projection(-1.0, 1.0, 100.0, 110.0, 0.0, 0.0, 200.0, 100.0)
    assert nearest_neuron(rays(THREE_RELUS, above), 100.0, 50.0, 6.0) is None


@given(
    st.lists(st.tuples(*[st.floats(-4.0, 4.0)] * 3), min_size=1, max_size=6),
    st.floats(0.0, 200.0),
    st.floats(0.0, 100.0),
)
def test_no_sloping_ray_is_nearer_than_the_one_found(rows, x, y):
    found = rays(Network(*(np.array(column) for column in zip(*rows, strict=True))))
    neuron = nearest_neuron(found, x, y, 5.0)
    away = distances(found.segments, x, y)
    sloped = away[~found.flat]
    if len(sloped) and sloped.min() <= 5.0:
        assert away[(found.neuron == neuron) & ~found.flat].min() == sloped.min()
    elif neuron is not None:
        assert away[found.neuron == neuron].min() <= 5.0


@pytest.mark.parametrize("neurons", [3, 20, 100, 1000])
def test_every_sloping_segment_is_stroked_once_in_its_neurons_colour(neurons):
    found = rays(many(neurons))
    strokes = ray_strokes(found, Look())
    stroked = np.concatenate([segments for _, segments in strokes])
    sloping = found.segments[~found.flat]
    rows = {tuple(row) for row in stroked.tolist()}
    assert all(tuple(row) in rows for row in sloping.tolist())
    assert len(strokes) <= 2 * min(neurons, 32)


def test_flat_parts_of_one_pen_are_joined():
    # All kinks at the right end: every ray lies on the zero line from left to right.
    found = rays(Network(np.ones(80), -np.ones(80), np.ones(80)))
    strokes = ray_strokes(found, Look())
    assert [len(segments) for _, segments in strokes] == [1] * len(LIGHT.neurons)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_many_rays_are_thinner_and_nearer_to_the_ground(palette):
    few, crowd = (ray_strokes(rays(many(neurons)), Look(palette))[-1][0] for neurons in (8, 41))
    crowd_dimmed = ray_strokes(rays(many(41)), Look(palette), dimmed=True)[-1][0]
    assert few.widthF() == ray_width(8) > ray_width(41) == crowd.widthF()
    ground = np.array([int(palette.plot[i : i + 2], 16) for i in (1, 3, 5)])

    def from_ground(pen) -> float:
        return float(np.abs(np.array(pen.color().getRgb()[:3]) - ground).sum())

    full = float(np.abs([int(palette.neurons[0][i : i + 2], 16) for i in (1, 3, 5)] - ground).sum())
    first = ray_strokes(rays(Network(np.ones(41), np.zeros(41), np.r_[1.0, np.zeros(40)])), Look(palette))[-1][0]
    assert 0.6 * full < from_ground(first) < 0.9 * full
    assert from_ground(crowd_dimmed) < from_ground(crowd)


def test_a_look_is_not_mixed_up_with_another():
    one, two = (ray_strokes(rays(THREE_RELUS), look)[0][0] for look in (Look(LIGHT, 1.0), Look(DARK, 1.5)))
    assert two.widthF() == 1.5 * one.widthF()
    assert one.color() != two.color()
