import pytest

from reluviz.training.pace import Pace


def test_the_first_step_is_due_at_once_and_the_next_a_second_later() -> None:
    pace = Pace(1.0)
    assert pace.due(100.0) == 1
    pace.made(1)
    assert pace.due(100.5) == 0
    assert pace.wait(100.5) == pytest.approx(0.5)
    assert pace.due(101.0) == 1


def test_steps_come_at_the_wanted_rate() -> None:
    pace = Pace(200.0)
    made = 0
    for tick in range(1001):
        due = pace.due(tick * 0.01)
        assert due is not None
        pace.made(due)
        made += due
    assert made == 2001


def test_a_stall_is_not_made_up_for() -> None:
    pace = Pace(1000.0)
    first = pace.due(0.0)
    assert first == 1
    pace.made(1)
    assert pace.due(60.0) == 1


def test_no_speed_means_no_limit() -> None:
    pace = Pace()
    assert pace.due(0.0) is None
    assert pace.wait(0.0) == 0.0


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan")])
def test_a_speed_that_is_none_is_refused(speed: float) -> None:
    pace = Pace(5.0)
    with pytest.raises(ValueError, match="above 0"):
        pace.set_speed(speed)
    assert pace.speed == 5.0
