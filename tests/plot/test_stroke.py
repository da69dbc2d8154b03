import numpy as np
import pytest

from reluviz.plot.stroke import Stroke


def drawn(*places, smooth=False):
    stroke = Stroke(100.0, 200.0)
    for place in places:
        stroke.move(*place)
    return stroke.line(smooth)


def test_a_line_has_one_height_for_each_pixel():
    line = drawn((110, 50), (130, 70))
    assert line[:, 0].tolist() == list(range(110, 131))
    assert line[:, 1] == pytest.approx(np.linspace(50, 70, 21))


def test_going_back_draws_over():
    line = dict(drawn((110, 50), (150, 50), (150, 90), (130, 90)).tolist())
    assert (line[110], line[129], line[130], line[149]) == (50, 50, 90, 90)


def test_beyond_the_ends_it_stops_there():
    line = drawn((50, 10), (300, 20))
    assert (line[0, 0], line[-1, 0], len(line)) == (100.0, 200.0, 101)
    assert line[:, 1] == pytest.approx(np.linspace(12, 16, 101))
    assert len(drawn((300, 1), (400, 5))) == 0
    assert len(drawn((50, 1), (100, 5))) == 1


def test_smoothing_takes_the_trembling_and_keeps_the_course():
    places = [(100 + i, 50 + i / 2 + 3 * (-1) ** i) for i in range(101)]
    rough, smooth = drawn(*places), drawn(*places, smooth=True)
    assert np.abs(np.diff(rough[:, 1], 2)).max() > 10
    assert np.abs(np.diff(smooth[:, 1], 2)).max() < 1
    assert smooth[20:-20, 1] == pytest.approx(50 + np.arange(20, 81) / 2, abs=1.0)
    assert smooth.shape == rough.shape
