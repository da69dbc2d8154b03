import numpy as np
import pytest

from reluviz.core.point_cloud import PointCloud


def cloud(points):
    x = np.sort(np.random.default_rng(1).uniform(-3.0, 3.0, points))
    return x, PointCloud(x, np.sin(x))


def test_few_points_are_all_there():
    x, points = cloud(500)
    shown, stride = points.between(-3.0, 3.0, 1000)
    assert stride == 1
    assert np.array_equal(shown, np.column_stack((x, np.sin(x))))
    shown, stride = points.between(0.0, 1.0, 1000)
    assert stride == 1
    assert len(shown) == np.count_nonzero((x >= 0.0) & (x <= 1.0))


@pytest.mark.parametrize("most", [100, 5000, 12_000])
def test_many_points_are_thinned_evenly(most):
    x, points = cloud(300_000)
    shown, stride = points.between(-3.0, 3.0, most)
    assert most / 4 < len(shown) <= most
    assert stride == pytest.approx(300_000 / len(shown), rel=0.1)
    counts, _ = np.histogram(shown[:, 0], bins=6, range=(-3.0, 3.0))
    assert counts.max() < 1.6 * counts.min()
    assert np.isin(shown[:, 0], x).all()
    assert (np.diff(shown[:, 0]) >= 0).all()


def test_going_nearer_points_stay_and_others_come_in_between():
    _, points = cloud(300_000)
    far, stride = points.between(-3.0, 3.0, 12_000)
    near, finer = points.between(-0.3, 0.3, 12_000)
    assert finer < stride
    assert np.isin(far[np.abs(far[:, 0]) < 0.3, 0], near[:, 0]).all()
    closest, all_of_them = points.between(-0.001, 0.001, 12_000)
    assert all_of_them == 1
    assert len(closest)


def test_an_outline_has_the_extremes_and_stands_alone():
    x, points = cloud(100_000)
    outline = points.outline()
    assert len(outline) < 6000
    known = outline[np.isfinite(outline[:, 1])]
    assert known[:, 1].min() == np.sin(x).min()
    assert known[:, 1].max() == np.sin(x).max()
    assert np.isnan(outline[1::2, 1]).all()
    assert (np.diff(outline[:, 0]) >= 0).all()


def test_no_point_in_view():
    _, points = cloud(100)
    assert points.between(5.0, 6.0, 10)[0].shape == (0, 2)


def test_a_part_holds_the_same_points_on_every_level():
    x, whole = cloud(50_000)
    part = whole.part(-1.0, 0.5)
    shown, stride = part.between(-3.0, 3.0, 100_000)
    assert stride == 1
    assert np.array_equal(shown[:, 0], x[(x >= -1.0) & (x <= 0.5)])
    assert np.array_equal(part.between(-0.5, 0.0, 1000)[0], whole.between(-0.5, 0.0, 1000)[0])
    heights = part.outline()[::2, 1]
    assert (heights.min(), heights.max()) == (shown[:, 1].min(), shown[:, 1].max())
