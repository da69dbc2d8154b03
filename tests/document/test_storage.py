"""Documents go through a file and come back the same; anything else is one calm line."""

from __future__ import annotations

import json
import os
import random
import stat
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY
from reluviz.core.axis_names import AxisNames
from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.optimizer import Optimizer
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.picture import Order, Picture, Rays
from reluviz.core.schedule import Schedule
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget, PointsTarget
from reluviz.document import storage
from reluviz.document.storage import DocumentError, OpenedDocument, load, read, save, write

NETWORK = Network([1.0, -0.0, 1e-300], [0.1, 1 / 3, -2.0], [4.0, -8.0, 5e200], -1.0)

FULL = OpenedDocument(
    title="Déjà vu: 2·sin(x)",
    source="A paper",
    look_at="The kinks.",
    target=PointsTarget(((-1.0, -1.0), (0.25, 2.0), (1.0, 0.0)), -2.0, 1.5),
    sampling=Sampling(100, single=True, noise=0.125, noise_seed=7, validation=0.25, validation_seed=8),
    start=Start("even", 3, 99, network=NETWORK),
    settings=TrainingSettings(
        0.125,
        10,
        shuffle=True,
        window_limit=50,
        steps=77,
        optimizer=Optimizer("adam", 0.5, 0.75, 0.8, 0.99, 1e-7, 0.01),
        schedule=Schedule("cosine", 500, 0.5, 0.001),
        loss="huber",
        batching="epochs",
        epochs=30,
        loss_goal=0.25,
        plateau=Plateau(400, 0.05),
    ),
    locks=Locks(frozenset({OUTPUT_BIAS, Parameter(Kind.HIDDEN_WEIGHT, 2), Parameter(Kind.OUTPUT_WEIGHT, 0)})),
    network=NETWORK.with_values({OUTPUT_BIAS: 0.1 + 0.2}),
    step=1234,
    speed=12.5,
    picture=Picture(Rays.PARTIAL_SUMS, Order.INDEX, 2, frozenset({0, 2}), 1, False, True, True),
    axes=AxisNames("unknown unit", "temperature in °C"),
)
PLAIN = OpenedDocument(title="", target=FunctionTarget("sine"))


def tree(document: OpenedDocument = FULL) -> dict:
    return json.loads(write(document))


def message(data: bytes | dict) -> str:
    with pytest.raises(DocumentError) as raised:
        read(data if isinstance(data, bytes) else json.dumps(data).encode())
    text = str(raised.value)
    assert "\n" not in text
    assert len(text) <= 300
    return text


def changed(path: str, value: object) -> dict:
    """The full document with the value at a dotted path replaced."""
    whole = tree()
    *parents, last = path.split(".")
    place = whole
    for parent in parents:
        place = place[parent]
    place[last] = value
    return whole


@pytest.mark.parametrize("document", [FULL, PLAIN])
def test_round_trip(document):
    opened = read(write(document))
    for name in (
        "title",
        "source",
        "look_at",
        "target",
        "sampling",
        "settings",
        "locks",
        "step",
        "speed",
        "picture",
        "axes",
    ):
        assert getattr(opened, name) == getattr(document, name), name
    assert (opened.network is None) == (document.network is None)
    if document.network is not None and opened.network is not None:
        assert opened.network.same_as(document.network)
    first, again = document.start.begin(-2, 1.5), opened.start.begin(-2, 1.5)
    assert first[0].same_as(again[0])
    assert first[1].randint(1 << 30) == again[1].randint(1 << 30)
    assert opened.start.initializer == document.start.initializer


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(finite, finite, finite), min_size=1, max_size=20), finite, st.integers(0, 2**32 - 1))
def test_every_network_comes_back_bit_for_bit(columns, output_bias, seed):
    v, b, w = zip(*columns, strict=True)
    network = Network(v, b, w, output_bias, IDENTITY)
    opened = read(write(replace(PLAIN, start=Start(network=network, seed=seed), network=network)))
    assert opened.network is not None
    assert opened.network.same_as(network)
    assert opened.start.network is not None
    assert opened.start.network.same_as(network)
    assert opened.start.seed == seed


def test_written_to_be_read_in_a_diff():
    text = write(FULL).decode()
    assert text == write(read(text.encode())).decode()
    assert text.endswith("}\n")
    assert text.splitlines()[1:4] == ['  "format": "reluviz",', '  "version": 1,', '  "title": "Déjà vu: 2·sin(x)",']
    assert "      [-1.0, -1.0],\n" in text
    assert max(map(len, text.splitlines())) < 130
    many = Start(network=Network(np.ones(200), np.zeros(200), np.ones(200)))
    assert write(replace(PLAIN, start=many)).count(b"\n") > 600


@pytest.mark.parametrize(("name", "value"), [("rays", "bent"), ("hidden", [-1]), ("solo", 10_000), ("added", -1)])
def test_an_impossible_picture_is_refused_where_it_is(name, value):
    assert message(changed(f"view.picture.{name}", value)).startswith("view.picture")


def test_a_file_without_a_picture_shows_the_usual_one():
    assert "picture" not in tree(PLAIN)["view"]
    assert "axes" not in tree(PLAIN)
    assert tree(replace(PLAIN, axes=AxisNames(y="°C")))["axes"] == {"y": "°C"}
    assert read(write(PLAIN)).picture == Picture()


def test_every_truncation_is_refused():
    data = write(FULL)
    end = len(data.rstrip())
    for length in range(end):
        assert message(data[:length])
    assert read(data[:end]).title == FULL.title


def test_byte_flips_open_or_are_refused():
    data = write(FULL)
    draw = random.Random(7)
    opened, refusals = 0, []
    for _ in range(500):
        broken = bytearray(data)
        for _ in range(draw.choice((1, 1, 1, 3))):
            broken[draw.randrange(len(broken))] ^= 1 << draw.randrange(8)
        try:
            write(read(bytes(broken)))
            opened += 1
        except DocumentError as error:
            refusals.append(str(error))
    assert opened
    assert refusals
    assert not any("\n" in refusal for refusal in refusals)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xff\xfe\x00", "not a text file in UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "not a text file in UTF-8"),
        (b"x,y\n1,2\n", "not JSON.* line 1, column 1"),
        (b"[]", r"format: not a reluviz document"),
        (b'"reluviz"', r"format"),
        (b'{"format": "other", "version": 1}', r"format"),
        (b'{"format": "reluviz"}', r"version"),
        (b'{"format": "reluviz", "version": true}', r"version"),
        (b'{"format": "reluviz", "version": 2}', r"version: .*newer reluviz .*version 2.* up to 1"),
        (b'{"format": "reluviz", "version": 1}', r"^the document: .*missing required field title"),
        (b'{"format": "reluviz", "version": 1, "version": 1}', r"^the document: the key 'version' occurs twice"),
        (b'{"a": [{"b": 1, "b": 2}]}', r"a\[0\]: the key 'b' occurs twice"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "-Infinity"),
        (b'{"a": [1e999]}', r"a\[0\]: not a finite number"),
        (b'{"a": "\\ud800"}', r"a: .*control character"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b"1" * 5000, "not JSON"),
    ],
)
def test_other_files(data, expected):
    with pytest.raises(DocumentError, match=expected):
        read(data)
    message(data)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("start.network.output_weight", [1, 2, "3"], "start.network.output_weight[2]: expected float, got str"),
        ("start.network.output_weight", [1, 2, None], "start.network.output_weight[2]: expected float, got null"),
        (
            "start.network.output_weight",
            [1, 2],
            "start.network: output_weight has 2 values where hidden_weight has 3",
        ),
        ("start.network.activation", "rely", "start.network: unknown activation 'rely' (known: relu, "),
        ("start.network", {}, "start.network: object missing required field activation"),
        ("start.kind", "stolen", "start.kind: invalid value 'stolen'"),
        ("start.initializer", "magic", "start: unknown initializer 'magic'"),
        ("start.seed", -1, "start: a seed is a whole number from 0"),
        ("start.seed", 1.5, "start.seed: expected int, got float"),
        ("start.extra", 1, "start: object contains unknown field extra"),
        ("network.output_bias", 10**400, "network.output_bias: number out of range"),
        ("network.hidden_weight", [[1], [2], [3]], "network.hidden_weight[0]: expected float, got array"),
        ("target.points", [[0, 0]], "target: a target has 2 to"),
        ("target.points", [[0, 0], [0, 1]], "target: the points must ascend"),
        ("target.points", [[0, 0], [1]], "target.points[1]: expected array of length 2, got 1"),
        ("target.domain", [3, -3], "target: the domain's end -3 must lie right of its start 3"),
        ("sampling.samples", 0, "sampling.samples: expected int >= 1"),
        ("sampling.samples", 10**9, "sampling: a dataset has 1 to"),
        ("sampling.noise", -1, "sampling: noise must lie from 0 to"),
        ("sampling.noise", None, "sampling.noise: expected float, got null"),
        ("sampling.noise_seed", 1.5, "sampling.noise_seed: expected int"),
        ("sampling.validation", 1, "sampling: the validation part must be at least 0 and less than 1, not 1"),
        ("sampling.validation_seed", -1, "sampling: a seed is a whole number"),
        ("axes.x", "n" * 61, "axes: the name of the x axis is longer than 60 characters"),
        ("axes.y", 3, "axes.y: expected str, got int"),
        ("axes.y", " a ", "axes: the name of the y axis must be plain text on one line"),
        ("axes.z", "a", "axes: object contains unknown field z"),
        ("training.batch_size", 76, "training: a batch of 76 is more than the 75 samples"),
        ("training.learning_rate", 0, "training: the learning rate must lie above 0"),
        ("training.batch_size", "half", "training.batch_size: invalid"),
        ("training.batch_size", 101, "training: a batch of 101 is more than the 75 samples"),
        ("training.steps", -1, "training.steps: expected int >= 0"),
        ("training.shuffle", 1, "training.shuffle: expected bool, got int"),
        ("training.optimizer.name", "adamw", "training.optimizer: unknown optimizer 'adamw' (known: sgd, "),
        ("training.optimizer.momentum", 1, "training.optimizer: momentum must be at least 0 and less than 1, not 1"),
        ("training.optimizer.beta2", "1", "training.optimizer.beta2: expected float, got str"),
        ("training.optimizer.rho", 1, "training.optimizer: object contains unknown field rho"),
        ("training.optimizer", "adam", "training.optimizer: expected object"),
        ("training.schedule.name", "linear", "training.schedule: unknown schedule 'linear'"),
        ("training.schedule.every", 0, "training.schedule.every: expected int >= 1"),
        ("training.schedule.every", 10**400, "training.schedule.every: "),
        ("training.schedule.least", 1, "training: the least rate 1 is more than the learning rate 0.125"),
        ("training.loss", "l2", "training: unknown loss 'l2' (known: half_mse, mse, mae, huber)"),
        ("training.batching", "days", "training: unknown batching 'days'"),
        ("training.epochs", 1.5, "training.epochs: expected int"),
        ("training.loss_goal", -1, "training: loss_goal must be at least 0, not -1"),
        ("training.plateau.steps", 0, "training.plateau.steps: expected int >= 1"),
        ("training.plateau.steps", 10**13, "training.plateau: a plateau's steps must lie from 1 to"),
        ("training.plateau.tolerance", 1, "training.plateau: a plateau's tolerance must be at least 0"),
        ("training.plateau", {"steps": 5}, "training.plateau: object missing required field tolerance"),
        ("locks.hidden_bias", [3], "locks.hidden_bias[0]: no neuron 3 among 0 … 2"),
        ("locks.hidden_bias", [-1], "locks.hidden_bias[0]: no neuron -1"),
        ("view.speed", 0, "view.speed: expected float > 0"),
        ("step", -1, "step: expected int >= 0"),
        ("title", "two\nlines", "title: the text contains a control character"),
        ("title", "x" * 500, "title: expected str of length <= 400"),
        ("new\x1b[31m\nfield" + "x" * 1000, 1, "the document: object contains unknown field new [31m fieldxxx"),
    ],
)
def test_impossible_values_are_located(path, value, expected):
    assert message(changed(path, value)).startswith(expected)


def test_more_neurons_than_a_network_has():
    many = [1.0] * 10_001
    drawn = tree(PLAIN)
    drawn["start"]["neurons"] = 10_001
    assert message(drawn) == "start: a network has 1 to 10000 neurons, not 10001"
    given_network = {"activation": "relu", "output_bias": 0.0}
    given_network |= dict.fromkeys(("hidden_weight", "hidden_bias", "output_weight"), many)
    assert "10001" in message(changed("network", given_network))


def test_a_byte_order_mark_does_no_harm():
    assert read(b"\xef\xbb\xbf" + write(FULL)).title == FULL.title


def test_too_large_a_file_is_not_read(tmp_path):
    path = tmp_path / "large.reluviz"
    with path.open("wb") as file:
        file.truncate(storage.MAX_BYTES + 1)
    with pytest.raises(DocumentError, match=r"large\.reluviz: the file is larger than 64 MB"):
        load(path)


def test_not_finite_is_not_written():
    with pytest.raises(DocumentError, match=r"view\.speed: not a finite number"):
        write(replace(PLAIN, speed=float("nan")))


def test_what_could_not_be_read_again_is_not_written():
    with pytest.raises(DocumentError, match=r"title"):
        write(replace(PLAIN, title="x" * 401))
    with pytest.raises(DocumentError, match=r"a batch of 5000"):
        write(replace(PLAIN, settings=TrainingSettings(batch_size=5000)))


def test_save_and_load(tmp_path):
    path = tmp_path / "mine.reluviz"
    save(FULL, path)
    assert write(load(path)) == write(FULL) == path.read_bytes()
    save(PLAIN, path)
    assert write(load(path)) == write(PLAIN)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.reluviz"]


@pytest.mark.skipif(os.name == "nt", reason="permissions and symbolic links as on Unix")
def test_save_keeps_permissions_and_links(tmp_path):
    path, link = tmp_path / "mine.reluviz", tmp_path / "link.reluviz"
    save(PLAIN, path)
    path.chmod(0o640)
    link.symlink_to(path)
    save(FULL, link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert load(path).title == FULL.title


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_failed_save_leaves_the_old_file(tmp_path, monkeypatch, failing):
    path = tmp_path / "mine.reluviz"
    save(PLAIN, path)

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"reluviz.document.storage.os.{failing}", full_disk)
    with pytest.raises(DocumentError, match=r"mine\.reluviz: not saved: no space left on device"):
        save(FULL, path)
    assert path.read_bytes() == write(PLAIN)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.reluviz"]


def test_unwritable_document_leaves_the_old_file(tmp_path):
    path = tmp_path / "mine.reluviz"
    save(PLAIN, path)
    with pytest.raises(DocumentError, match=r"mine\.reluviz: not saved: view\.speed"):
        save(replace(FULL, speed=float("inf")), path)
    assert path.read_bytes() == write(PLAIN)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("none.reluviz", "no such file"),
        (".", "not a file"),
        ("a/b/c.reluviz", "no such file"),
        ("x" * 300, "too long"),
        ("null\0.reluviz", "null"),
    ],
)
def test_files_that_cannot_be_opened(tmp_path, name, expected):
    with pytest.raises(DocumentError, match=expected) as raised:
        load(tmp_path / name)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", [".", "none/mine.reluviz", "null\0.reluviz"])
def test_places_where_nothing_can_be_saved(tmp_path, name):
    with pytest.raises(DocumentError, match="not saved"):
        save(PLAIN, Path(tmp_path / name))
    assert list(tmp_path.iterdir()) == []
