from __future__ import annotations

from hand import THREE_RELUS

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.plot.handle_tag import handle_tag, turn_tag

B2 = Parameter(Kind.HIDDEN_BIAS, 1)
DOMAIN = (-1.0, 1.0)


def test_at_rest_it_says_what_moves_and_in_the_hand_the_value_alone():
    at_rest = handle_tag(THREE_RELUS, B2, DOMAIN, "red")
    assert (at_rest.text, at_rest.note, at_rest.edge) == ("b₂ = 0.5000", "moves everything right of x = −0.5", "red")
    assert handle_tag(THREE_RELUS, B2, DOMAIN, "red", held=True).note == ""
    assert handle_tag(THREE_RELUS, OUTPUT_BIAS, DOMAIN, "red").note == "moves the whole output"


def test_locks_and_neighbours_have_a_line_of_their_own():
    off = THREE_RELUS.with_values({B2: -3.0})
    notes = handle_tag(off, B2, DOMAIN, "red", locked=True, stacked=3).note.splitlines()
    assert notes == ["locked", "moves nothing here: the ray is off", "Tab: next of 3"]


def test_a_snapped_handle_says_to_what():
    assert handle_tag(THREE_RELUS, B2, DOMAIN, "red", held=True, snap="on the grid").note == "on the grid"


def test_a_turned_ray_says_so_or_why_it_does_not():
    tag = turn_tag(THREE_RELUS, 1, "red", "on the grid")
    assert (tag.text, tag.note) == ("v₂ = 1.000, turned about its kink", "on the grid")
    tag = turn_tag(THREE_RELUS, 1, "red", "", "b₂ is locked")
    assert (tag.text, tag.note) == ("v₂ = 1.000", "does not turn: b₂ is locked")
