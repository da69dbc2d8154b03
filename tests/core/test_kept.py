"""What a kept moment is called, and by which loss it is compared."""

from __future__ import annotations

import pytest

from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.recording import Moment

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
