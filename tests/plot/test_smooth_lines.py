"""Smooth contributions and outputs as drawn: no corner and no error that shows, at any zoom, on a large screen."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.activation import ACTIVATIONS, Activation
from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.picture import Picture, Rays
from reluviz.plot.curve_item import output_points
from reluviz.plot.projection import Projection
from reluviz.plot.ray_item import ray_polylines
from reluviz.plot.seen_part import seen_part

SMOOTH = [activation for activation in ACTIVATIONS.values() if activation.is_smooth]
WIDTH, HEIGHT = 1920.0, 1080.0
LOW, HIGH = -3.0, 3.0
ZOOMS = (1.0, 7.0, 50.0)


def network_of(activation: Activation, neurons: int, steepness: float) -> Network:
    random = np.random.default_rng(7)
    v, at, w = random.normal(size=(3, neurons)) * [[steepness], [1.0], [2.0]]
    return Network(v, -v * at, w, 0.3, activation)


def views(network: Network, j: int) -> list[Projection]:
    """Views that show neuron j's bend, and the foot and the shoulder beside it, at every zoom."""
    span = float(np.ptp(network.contributions(np.linspace(LOW, HIGH, 2001))[j])) or 1.0
    kink = float(np.clip(network.kinks[j], LOW, HIGH))
    found = []
    for zoom in ZOOMS:
        for z in (-2.5, 0.0, 2.5):
            x = float(np.clip(kink + z / network.hidden_weight[j], LOW, HIGH))
            y = float(network.contributions([x])[j, 0])
            across, up = (HIGH - LOW) / zoom, span / zoom
            found.append(Projection(x - across / 2, x + across / 2, y - up / 2, y + up / 2, 0, 0, WIDTH, HEIGHT))
    return found


def missed(points: FloatArray, exact: FloatArray, projection: Projection) -> float:
    """How many pixels the polyline is away from the places of the curve that are in view, at most."""
    inside = (exact >= (0.0, 0.0)) & (exact <= (projection.width, projection.height))
    seen = exact[inside.all(axis=1)]
    start, along = points[:-1], np.diff(points, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-300)
    worst = 0.0
    for place in seen:
        part = np.clip(((place - start) * along).sum(axis=1) / length, 0.0, 1.0)
        worst = max(worst, float(np.hypot(*(place - start - part[:, None] * along).T).min()))
    return worst


@pytest.mark.parametrize("steepness", [0.5, 3.0, 400.0])
@pytest.mark.parametrize("activation", SMOOTH, ids=lambda activation: activation.name)
def test_a_contribution_is_drawn_to_a_quarter_of_a_pixel(activation: Activation, steepness: float) -> None:
    network = network_of(activation, 3, steepness)
    for projection in views(network, 1):
        seen = seen_part(network, LOW, HIGH, projection)
        points = projection.points(ray_polylines(network, seen, Picture(), np.arange(3))[1])
        x = np.linspace(max(projection.x_low, LOW), min(projection.x_high, HIGH), 701)
        exact = projection.points(np.column_stack((x, network.contributions(x)[1])))
        assert missed(points, exact, projection) < 0.25


@pytest.mark.parametrize("activation", SMOOTH, ids=lambda activation: activation.name)
def test_the_output_is_drawn_to_half_a_pixel_and_turns_gently(activation: Activation) -> None:
    network = network_of(activation, 13, 3.0)
    for projection in views(network, 1):
        y = float(network.output([(projection.x_low + projection.x_high) / 2])[0])
        half = (projection.y_high - projection.y_low) / 2
        view = Projection(projection.x_low, projection.x_high, y - half, y + half, 0, 0, WIDTH, HEIGHT)
        points = output_points(network, LOW, HIGH, view)
        x = np.linspace(max(view.x_low, LOW), min(view.x_high, HIGH), 701)
        exact = view.points(np.column_stack((x, network.output(x))))
        assert missed(points, exact, view) < 0.5
        steps = np.diff(points, axis=0)
        longer = np.hypot(*steps.T) > 3.0
        turns = np.abs(np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))))[longer[:-1] & longer[1:]]
        assert np.degrees(turns.max(initial=0.0)) < 25.0


def test_raw_rays_are_as_fine_whatever_w_is() -> None:
    network = Network([2.0], [0.0], [1e-6], activation=ACTIVATIONS["tanh"])
    projection = Projection(-3.0, 3.0, -1.2, 1.2, 0, 0, WIDTH, HEIGHT)
    seen = seen_part(network, LOW, HIGH, projection)
    points = projection.points(ray_polylines(network, seen, Picture(rays=Rays.RAW), np.arange(1))[0])
    x = np.linspace(LOW, HIGH, 701)
    exact = projection.points(np.column_stack((x, network.activations(x)[0])))
    assert missed(points, exact, projection) < 0.25


def test_ten_thousand_neurons_are_no_more_work_than_a_frame_can_bear() -> None:
    network = network_of(ACTIVATIONS["tanh"], 10_000, 3.0)
    projection = Projection(-3.0, 3.0, -1e-3, 1e-3, 0, 0, WIDTH, HEIGHT)
    lines = ray_polylines(network, seen_part(network, LOW, HIGH, projection), Picture(), np.arange(10_000))
    assert lines.shape[1] <= 33


def test_exact_polylines_stay_whole() -> None:
    network = Network([1.0], [0.0], [1.0])
    projection = Projection(-0.1, 0.1, -1.0, 1.0, 0, 0, WIDTH, HEIGHT)
    assert seen_part(network, LOW, HIGH, projection) == (LOW, HIGH, None)
