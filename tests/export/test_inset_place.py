"""The small plot of the loss keeps out of the way."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from reluviz.core.network import Network
from reluviz.core.picture import Picture, Rays
from reluviz.core.picture_recipe import Part
from reluviz.core.target import PointsTarget
from reluviz.export.inset_place import inset_box
from reluviz.export.subject import Subject
from reluviz.plot.projection import Projection

PLACE = Projection(-3.0, 3.0, -6.0, 14.0, 70.0, 30.0, 1100.0, 620.0)
FLAT = Subject(PointsTarget([(-3.0, 5.0), (3.0, 5.0)]))
# Rays that leave by both upper corners, and by both lower ones.
CROSSED = Network([-1.0, 1.0, -1.0, 1.0], [2.0, 2.0, 2.0, 2.0], [2.5, 2.5, -1.5, -1.5], 0.0)


def hidden(box: QRectF, heights: np.ndarray) -> int:
    """How many places on a line the box hides."""
    x = np.linspace(-3.0, 3.0, 401)
    return sum(box.contains(*PLACE.pixel(a, b)) for a, b in zip(x.tolist(), heights.tolist(), strict=True))


@pytest.mark.parametrize("rays", [Rays.SCALED, Rays.PARTIAL_SUMS, Rays.RAW])
def test_without_anything_in_the_way_it_is_in_the_upper_right_corner(rays):
    quiet = Network([1.0], [-10.0], [1.0], 5.0)
    box = inset_box(PLACE, 1.0, FLAT, [quiet], Picture(rays=rays))
    assert PLACE.right - box.right() == pytest.approx(14.0, abs=1.0)
    assert box.top() - PLACE.top == pytest.approx(14.0, abs=1.0)


def test_rays_through_all_four_corners_send_it_between_them():
    box = inset_box(PLACE, 1.0, FLAT, [CROSSED], Picture())
    for ray in CROSSED.contributions(np.linspace(-3.0, 3.0, 401)):
        assert hidden(box, ray) == 0
    # Rays that nobody sees are in nobody's way.
    assert inset_box(PLACE, 1.0, FLAT, [CROSSED], Picture(hidden=frozenset(range(4)))).right() > box.right()


def test_what_is_not_drawn_is_in_nobodys_way():
    corner = inset_box(PLACE, 1.0, FLAT, [Network([1.0], [-10.0], [1.0], 5.0)], Picture())
    assert inset_box(PLACE, 1.0, FLAT, [CROSSED], Picture(), frozenset(Part) - {Part.RAYS}) == corner
    high = Network([0.0], [1.0], [12.0], 0.0)
    assert inset_box(PLACE, 1.0, FLAT, [high], Picture()) != corner
    assert inset_box(PLACE, 1.0, FLAT, [high], Picture(), frozenset({Part.TARGET})) == corner
    assert inset_box(PLACE, 1.0, FLAT, [high], Picture(), frozenset()) == corner


def test_rather_a_ray_than_the_output_or_the_target_is_hidden():
    # The output runs along the upper edge: only below is there a place, where rays are.
    high = Network([0.0, 1.0, -1.0], [1.0, 3.0, 3.0], [12.0, -1.0, -1.0], 6.0)
    box = inset_box(PLACE, 1.0, FLAT, [high], Picture())
    assert hidden(box, high.output(np.linspace(-3.0, 3.0, 401))) == 0
    assert box.top() > PLACE.top + 200


def test_it_keeps_out_of_the_way_of_a_whole_film():
    still = Network([1.0], [-10.0], [1.0], 5.0)
    rising = [Network([1.0], [0.0], [w], 0.0) for w in np.linspace(0.0, 4.0, 9)]
    first = inset_box(PLACE, 1.0, FLAT, [still], Picture())
    assert inset_box(PLACE, 1.0, FLAT, rising, Picture()).right() < first.right()


def test_a_small_frame_has_no_room_for_it():
    small = Projection(-3.0, 3.0, -6.0, 14.0, 40.0, 20.0, 300.0, 200.0)
    assert inset_box(small, 1.0, FLAT, [], Picture()) is None
