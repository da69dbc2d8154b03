"""The last finite state of a run that has diverged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.last_finite import last_finite


@given(last=st.integers(0, 10_000), beyond=st.integers(1, 10_000))
def test_it_is_found_and_little_is_asked(last: int, beyond: int) -> None:
    asked: list[int] = []

    def is_finite_after(steps: int) -> bool:
        asked.append(steps)
        return steps <= last

    assert last_finite(is_finite_after, last + beyond) == last
    assert all(0 < steps < last + beyond for steps in asked)
    assert len(asked) <= 16


def test_the_state_just_before_is_looked_at_first() -> None:
    asked: list[int] = []
    assert last_finite(lambda steps: asked.append(steps) is None, 500) == 499
    assert asked == [499]


def test_nothing_is_asked_where_the_first_step_has_diverged() -> None:
    for diverged in (0, 1):
        assert last_finite(lambda _: True, diverged) == 0
