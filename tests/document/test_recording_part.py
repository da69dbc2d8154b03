"""Recorded runs in a document: they come back bit for bit, and nothing damaged comes back."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import RELU, TANH
from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.recording import Moment, Recording
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.timeline import Branch, Course, Timeline
from reluviz.document.opened import OpenedDocument
from reluviz.document.storage import MAX_BYTES, DocumentError, load, read, save, write

TARGET = FunctionTarget("sine")
COURSE = Course(TARGET, Sampling(), "half_mse")
PLAIN = OpenedDocument("mine", TARGET, settings=TrainingSettings(0.01))


def moments(count: int, neurons: int = 3, first: int = 0, activation=RELU, seed: int = 0) -> list[Moment]:
    random = np.random.default_rng(seed)
    return [
        Moment(Network.from_vector(random.normal(size=3 * neurons + 1), activation), step, random.lognormal())
        for step in range(first, first + count)
    ]


def document(*recordings: Recording) -> OpenedDocument:
    branches = tuple(Branch(i + 1, recording, COURSE) for i, recording in enumerate(recordings))
    return replace(PLAIN, timeline=Timeline(branches, len(branches)))


def assert_same(one: Recording, other: Recording) -> None:
    assert len(one) == len(other)
    for a, b in zip(one, other, strict=True):
        assert a.network.same_as(b.network)
        assert (a.step, a.loss, a.validation_loss) == (b.step, b.loss, b.validation_loss)


def test_a_document_without_a_recording_says_nothing_of_one():
    assert b"recording" not in write(PLAIN)
    assert read(write(PLAIN)).timeline.branches == ()


def test_runs_come_back_bit_for_bit(tmp_path):
    long = [Moment(m.network, m.step, m.loss, 0.5) for m in moments(40)]
    other = [*moments(5), Moment(moments(1)[0].network, 10**12, math.inf)]
    mixed = [*moments(5), *moments(5, 7, 5, TANH), *moments(3, 2, 10)]
    original = document(Recording.of(long), Recording.of(other), Recording.of(mixed))
    path = tmp_path / "run.reluviz"
    save(original, path)
    opened = load(path)
    assert opened.timeline.present == 3
    for one, two in zip(original.timeline.branches, opened.timeline.branches, strict=True):
        assert (one.number, one.course) == (two.number, two.course)
        assert_same(one.recording, two.recording)
    assert write(opened) == path.read_bytes()


def test_a_run_on_another_target_is_known_as_such():
    branches = (
        Branch(2, Recording.of(moments(3)), replace(COURSE, loss="mse")),
        Branch(4, Recording.of(moments(2)), COURSE),
    )
    opened = read(write(replace(PLAIN, timeline=Timeline(branches, 4))))
    assert [(branch.number, branch.course) for branch in opened.timeline.branches] == [(2, None), (4, COURSE)]


@given(st.integers(1, 30), st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_any_run_comes_back(count, neurons, seed):
    original = document(Recording.of(moments(count, neurons, seed=seed)))
    assert_same(original.timeline.recording, read(write(original)).timeline.recording)


def test_a_document_stays_small_however_much_is_recorded():
    many = [Moment(m.network, m.step * 10, m.loss) for m in moments(200, 1000)]
    runs = [Recording.of(many) for _ in range(6)]
    data = write(document(*runs))
    assert len(data) < 25 * 2**20 < MAX_BYTES
    timeline = read(data).timeline
    assert len(timeline.recording) == 200
    for branch in timeline.branches:
        assert branch.recording[0].network.same_as(many[0].network)
        assert branch.recording[-1].network.same_as(many[-1].network)
        assert len(branch.recording) > 20
    long = document(Recording.of(moments(20_000, 1)))
    assert 1000 < len(read(write(long)).timeline.recording) <= 2048


def tree() -> dict:
    return json.loads(write(document(Recording.of(moments(4)))))


BROKEN = {
    "checksum": lambda run: run["stretches"][0].update(checksum=1),
    "not as long": lambda run: run["stretches"][0].update(count=5),
    "not as long as 65000": lambda run: run["stretches"][0].update(count=65_000),
    "neurons": lambda run: run["stretches"][0].update(neurons=10**9),
    "not base64": lambda run: run["stretches"][0].update(moments="#" + run["stretches"][0]["moments"][1:]),
    "activation": lambda run: run["stretches"][0].update(activation="cubic"),
    "ascend": lambda run: run["stretches"].append(dict(run["stretches"][0])),
    "unknown field": lambda run: run.update(colour="red"),
    "number": lambda run: run.update(number=0),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_run_is_refused_with_its_place(what):
    broken = tree()
    BROKEN[what](broken["recording"]["runs"][0])
    with pytest.raises(DocumentError, match=rf"recording\.runs\[0\].*{what}"):
        read(json.dumps(broken).encode())


def test_the_present_run_has_to_exist():
    broken = tree()
    broken["recording"]["present"] = 7
    with pytest.raises(DocumentError, match=r"recording\.present: there is no run 7"):
        read(json.dumps(broken).encode())
    broken = tree()
    broken["recording"]["runs"] *= 2
    with pytest.raises(DocumentError, match="ascend"):
        read(json.dumps(broken).encode())


def test_every_flipped_bit_of_the_moments_is_noticed():
    data = write(document(Recording.of(moments(3, 1))))
    begin = data.index(b'"moments": "') + len(b'"moments": "')
    end = data.index(b'"', begin)
    for i in range(begin, end):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[i] ^= 1 << bit
            with pytest.raises(DocumentError):
                read(bytes(flipped))


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused(part):
    data = write(document(Recording.of(moments(30))))
    with pytest.raises(DocumentError, match="cut short"):
        read(data[: int(part * len(data))])


def test_the_starts_of_runs_come_back_each_written_once():
    drawn, network = Start(seed=2**32 - 1, activation=TANH), Network([1.0, 0.1], [1 / 3, 2.0], [3.0, -0.0], 0.5)
    one = Branch(1, Recording.of(moments(4)), COURSE, ((0, drawn),))
    two = Branch(3, Recording.of(moments(6)), COURSE, ((0, Start(seed=drawn.seed, activation=TANH)),), 2)
    three = Branch(4, Recording.of(moments(6)), COURSE, ((0, drawn), (3, Start("he").given(network))), 3)
    data = write(replace(PLAIN, timeline=Timeline((one, two, three), 4)))
    opened = read(data).timeline.branches
    assert [branch.begins for branch in opened] == [0, 2, 3]
    assert all(branch.start_at(2).same_as(drawn) for branch in opened)
    assert opened[2].start_at(3).same_as(Start("he").given(network))
    assert len(json.loads(data)["recording"]["starts"]) == 2
    assert write(replace(PLAIN, timeline=Timeline(opened, 4))) == data


def test_starts_of_very_many_neurons_are_left_out_rather_than_the_document():
    large = [Start().given(Network.from_vector(np.full(30_001, float(i)))) for i in range(60)]
    starts = tuple((i, start) for i, start in enumerate(large))
    branch = Branch(1, Recording.of(moments(4)), COURSE, (*starts, (70, Start())))
    opened = read(write(replace(PLAIN, timeline=Timeline((branch,), 1)))).timeline.branches[0]
    assert [at for at, _ in opened.starts] == [0, 1, 2, 70]


@pytest.mark.parametrize(
    ("starts", "what"), [([[0, 5]], "not there"), ([[3, 0], [3, 0]], "ascend"), ([[0, -1]], "int"), ([[-1, 0]], "int")]
)
def test_broken_starts_are_refused(starts, what):
    broken = json.loads(write(document(Recording.of(moments(4)))))
    broken["recording"]["starts"] = [
        {"kind": "drawn", "initializer": "he", "neurons": 1, "activation": "relu", "seed": 1}
    ]
    broken["recording"]["runs"][0]["starts"] = starts
    with pytest.raises(DocumentError, match=rf"recording\.runs\[.*{what}"):
        read(json.dumps(broken).encode())
    broken["recording"]["runs"][0]["starts"] = []
    broken["recording"]["starts"][0]["seed"] = -1
    with pytest.raises(DocumentError, match=r"recording\.starts\[0\]"):
        read(json.dumps(broken).encode())


def test_more_moments_than_a_window_can_hold_are_refused_before_any_is_looked_at(monkeypatch):
    monkeypatch.setattr("reluviz.document.recording_part._MOST_MOMENTS", 20)
    whole = write(document(Recording.of(moments(11)), Recording.of(moments(9))))
    assert len(read(whole).timeline.branches) == 2
    tree = json.loads(whole)
    # Damaged besides: it is not decoded.
    tree["recording"]["runs"].append({"number": 3, "stretches": [tree["recording"]["runs"][0]["stretches"][0]]})
    tree["recording"]["runs"][2]["stretches"][0]["moments"] = ""
    with pytest.raises(DocumentError, match=r"^recording: 31 moments are too many, at most 20 can be read$"):
        read(json.dumps(tree).encode())


def test_a_kept_run_of_too_many_moments_is_refused(monkeypatch):
    data = write(replace(PLAIN, kept=Recording.of(moments(21))))
    monkeypatch.setattr("reluviz.document.recording_part._MOST_MOMENTS", 20)
    with pytest.raises(DocumentError, match=r"^kept_run: 21 moments are too many"):
        read(data)
