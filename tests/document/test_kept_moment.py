"""The moment that is kept to compare with, saved with the document."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from reluviz.core.activation import IDENTITY
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.recording import Moment, Recording
from reluviz.document.examples import load_example
from reluviz.document.storage import DocumentError, read, write

MOMENT = Moment(Network([1.0, -0.0], [0.1, 1 / 3], [2.0, 5e200], -1.0, IDENTITY), 77, 0.25, 0.5)


@pytest.mark.parametrize("kept", [Kept(MOMENT), Kept(MOMENT, "a line"), Kept(replace(MOMENT, validation_loss=None))])
def test_it_comes_back_to_the_bit(kept: Kept) -> None:
    back = read(write(replace(load_example("three-segments"), kept=kept))).kept
    assert isinstance(back, Kept)
    assert back.moment.network.same_as(MOMENT.network)
    assert (back.name, back.moment.step) == (kept.name, 77)
    assert (back.moment.loss, back.moment.validation_loss) == (0.25, kept.moment.validation_loss)


def test_without_one_nothing_is_written() -> None:
    assert b"kept" not in write(load_example("three-segments"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"step": -1}, r"kept\.step: "),
        ({"loss": "low"}, r"kept\.loss: expected float . null, got str"),
        ({"network": {}}, r"kept\.network: object missing required field activation"),
        ({"colour": 1}, r"kept: object contains unknown field colour"),
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
    with pytest.raises(DocumentError, match=r"kept\.network: "):
        read(json.dumps(tree).encode())


def test_losses_that_are_no_numbers_come_back_as_unknown() -> None:
    for loss in (math.nan, math.inf):
        kept = Kept(replace(MOMENT, loss=loss, validation_loss=loss))
        back = read(write(replace(load_example("three-segments"), kept=kept))).kept
        assert isinstance(back, Kept)
        assert math.isnan(back.moment.loss)
        assert back.moment.validation_loss is None


def test_a_kept_run_comes_back_to_the_bit() -> None:
    vectors = np.random.default_rng(0).normal(size=(40, 10))
    run = Recording.of(Moment(Network.from_vector(v), 3 * i, 1.0 / (i + 1)) for i, v in enumerate(vectors))
    data = write(replace(load_example("three-segments"), kept=run))
    back = read(data).kept
    assert isinstance(back, Recording)
    assert list(back.steps) == list(run.steps)
    assert list(back.losses) == list(run.losses)
    assert all(back[i].network.same_as(run[i].network) for i in range(40))
    assert write(replace(load_example("three-segments"), kept=back)) == data


def test_a_long_kept_run_is_thinned_out_with_both_its_ends() -> None:
    vectors = np.random.default_rng(0).normal(size=(3000, 10))
    run = Recording.of(Moment(Network.from_vector(v), i, 1.0 / (i + 1)) for i, v in enumerate(vectors))
    data = write(replace(load_example("three-segments"), kept=run))
    back = read(data).kept
    assert isinstance(back, Recording)
    assert 256 <= len(back) <= 512
    assert (back.steps[0], back.steps[-1]) == (0, 2999)
    assert len(data) < 100_000


def test_a_broken_kept_run_is_refused_with_its_place() -> None:
    run = Recording.of([MOMENT])
    tree = json.loads(write(replace(load_example("three-segments"), kept=run)))
    tree["kept_run"]["stretches"][0]["checksum"] = 1
    with pytest.raises(DocumentError, match=r"kept_run\.stretches\[0\]\.moments: damaged"):
        read(json.dumps(tree).encode())
    both = json.loads(write(replace(load_example("three-segments"), kept=Kept(MOMENT))))
    both["kept_run"] = json.loads(write(replace(load_example("three-segments"), kept=run)))["kept_run"]
    with pytest.raises(DocumentError, match=r"kept_run"):
        read(json.dumps(both).encode())
