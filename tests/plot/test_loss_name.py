"""The name of the loss plot stands off the curves, and stays where it stands for as long as it can."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from reluviz.plot.free_room import covered, freest
from reluviz.plot.look import Look
from reluviz.plot.loss_name import LossName
from reluviz.plot.projection import Projection

VIEW = Projection(0.0, 1.0, 0.0, 1.0, 50.0, 10.0, 500.0, 100.0)
NAMES = ("loss J = ½ MSE over steps", "J = ½ MSE", "J")
RISING = np.array([[0.0, 0.0], [0.7, 0.05], [0.75, 1.0], [1.0, 0.9]])
FALLING = np.array([[0.0, 1.0], [0.2, 0.2], [1.0, 0.0]])
KEYS = (("validation", "#ff0000"), ("training", "#0000ff"))


def box_of(name: LossName, *curves: np.ndarray, view: Projection = VIEW, keys: tuple[tuple[str, str], ...] = ()):
    name.place(NAMES, keys, curves, view, Look())
    return name.box


def test_it_stands_in_the_first_corner_that_is_free(qtbot: QtBot) -> None:
    usual = box_of(LossName(), FALLING)
    assert (usual.right(), usual.top()) == (540.0, 11.0)
    other = box_of(LossName(), RISING)
    assert (other.left(), other.top()) == (60.0, 11.0)
    both = box_of(LossName(), RISING, FALLING)
    assert covered(both, (RISING, FALLING), VIEW) < covered(usual, (RISING, FALLING), VIEW)


def test_it_stays_until_a_curve_comes(qtbot: QtBot) -> None:
    name = LossName()
    first = name.place(NAMES, (), (RISING,), VIEW, Look())
    there = name.box
    assert name.place(NAMES, (), (FALLING[1:],), VIEW, Look()) == first
    assert name.box == there
    assert name.place(NAMES, (), (FALLING,), VIEW, Look()) != first
    assert name.box.right() == 540.0


def test_with_little_room_it_says_less(qtbot: QtBot) -> None:
    narrow = Projection(0.0, 1.0, 0.0, 1.0, 50.0, 10.0, 120.0, 100.0)
    assert box_of(LossName(), FALLING, view=narrow).width() <= 100.0
    wide = box_of(LossName(), FALLING, keys=KEYS)
    assert wide.width() > box_of(LossName(), FALLING).width()
    assert box_of(LossName(), FALLING, view=narrow, keys=KEYS).width() <= 100.0


def test_a_spike_between_two_places_is_seen() -> None:
    steps = np.linspace(0.0, 1.0, 2001)
    spike = np.column_stack((steps, np.where(np.abs(steps - 0.5) < 3e-4, 0.9, 0.1)))
    assert covered(QRectF(250.0, 12.0, 100.0, 20.0), (spike,), VIEW) > 0
    assert covered(QRectF(350.0, 12.0, 100.0, 20.0), (spike,), VIEW) == 0
    assert covered(QRectF(0.0, 12.0, 40.0, 20.0), (RISING,), VIEW) == 0, "left of where it begins"


@pytest.mark.parametrize("avoided", [None, QRectF(300.0, 20.0, 10.0, 10.0)])
def test_the_freest_place_is_the_first_of_those_that_are_as_free(avoided: QRectF | None) -> None:
    taken, free, last = QRectF(60.0, 12.0, 90.0, 20.0), QRectF(290.0, 12.0, 90.0, 20.0), QRectF(400.0, 12.0, 90.0, 20.0)
    assert freest((taken, free, last), (FALLING,), VIEW, avoided) == (free if avoided is None else last)
