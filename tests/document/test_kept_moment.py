"""The moment that is kept to compare with, saved with the document."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reluviz.core.activation import IDENTITY
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.recording import Moment
from reluviz.document.examples import load_example
from reluviz.document.storage import DocumentError, read, write

MOMENT = Moment(Network([1.0, -0.0], [0.1, 1 / 3], [2.0, 5e200], -1.0, IDENTITY), 77, 0.25, 0.5)


@pytest.mark.parametrize("kept", [Kept(MOMENT), Kept(MOMENT, "a line"), Kept(replace(MOMENT, validation_loss=None))])
def test_it_comes_back_to_the_bit(kept: Kept) -> None:
    back = read(write(replace(load_example("three-segments"), kept=kept))).kept
    assert back is not None
    assert back.moment.network.same_as(MOMENT.network)
    assert (back.name, back.moment.step) == (kept.name, 77)
    assert (back.moment.loss, back.moment.validation_loss) == (0.25, kept.moment.validation_loss)


def test_without_one_nothing_is_written() -> None:
    assert b"kept" not in write(load_example("three-segments"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"step": -1}, r"\$\.kept\.step: "),
        ({"loss": "low"}, r"\$\.kept\.loss: expected float, got str"),
        ({"network": {}}, r"\$\.kept\.network: object missing required field activation"),
        ({"colour": 1}, r"\$\.kept: object contains unknown field colour"),
    ],
)
def test_what_is_wrong_with_it_is_located(changes: dict, message: str) -> None:
    tree = json.loads(write(replace(load_example("three-segments"), kept=Kept(MOMENT))))
    tree["kept"] |= changes
    with pytest.raises(DocumentError, match=message):
        read(json.dumps(tree).encode())


def test_a_network_that_is_none_is_located() -> None:
    tree = json.loads(write(replace(load_example("three-segments"), kept=Kept(MOMENT))))
    tree["kept"]["network"]["hidden_bias"] = [1.0]
    with pytest.raises(DocumentError, match=r"\$\.kept\.network: "):
        read(json.dumps(tree).encode())
