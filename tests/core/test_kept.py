"""What a kept moment is called, and by which loss it is compared."""

from __future__ import annotations

import pytest

from reluviz.core.kept import Kept, kept_at, kept_losses, kept_short
from reluviz.core.network import Network
from reluviz.core.recording import Moment, Recording

NETWORK = Network([1.0], [0.0], [1.0])


@pytest.mark.parametrize(
    ("name", "validation", "text", "short", "loss"),
    [
        ("", None, "kept: step 1\u2009200, J = 0.5000", "kept", 0.5),
        ("", 2.0, "kept: step 1\u2009200, J = 0.5000", "kept", 0.5),
        ("straight line", None, "straight line: J = 0.5000", "straight line", 0.5),
        ("straight line", 2.0, "straight line: validation J = 2.000", "straight line", 2.0),
    ],
)
def test_what_it_is_called(name: str, validation: float | None, text: str, short: str, loss: float) -> None:
    kept = Kept(Moment(NETWORK, 1200, 0.5, validation), name)
    assert (kept.text, kept.short, kept.loss) == (text, short, loss)


def test_of_a_run_it_is_the_nearest_moment() -> None:
    run = Recording.of([Moment(NETWORK, step, 1.0 / (1 + step)) for step in (0, 10, 30)])
    assert [kept_at(run, step).moment.step for step in (0, 4, 6, 29, 999)] == [0, 0, 10, 30, 30]
    assert kept_losses(run).steps.tolist() == [0, 10, 30]
    assert kept_short(run) == "kept"


def test_a_moment_is_the_same_at_every_step() -> None:
    kept = Kept(Moment(NETWORK, 1200, 0.5), "straight line")
    assert kept_at(kept, 0) is kept
    assert (kept_losses(kept).steps.tolist(), kept_losses(kept).losses.tolist()) == ([1200], [0.5])
    assert kept_short(kept) == "straight line"
