"""Undo as a machine: whatever is done in whatever order, undone entirely it is the first document, redone the last.

Editing, Playback and Document are the program's own. In the place of the training thread stands one that does what it
is told between two actions, so that every run of the machine can be repeated.
"""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from reluviz.app.editing import Editing
from reluviz.app.playback import Playback
from reluviz.core.activation import IDENTITY, RELU
from reluviz.core.construct import build_steps
from reluviz.core.frame import Frame
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.picture import Picture
from reluviz.core.recording import Moment
from reluviz.core.settings import TrainingSettings
from reluviz.core.target import FunctionTarget, PointsTarget
from reluviz.document.document import Document
from reluviz.document.document_file import DocumentFile
from reluviz.document.examples import NAMES, load_example
from reluviz.document.state import opened_state
from reluviz.document.storage import write
from reluviz.training.job import Job

VALUES = st.floats(-1e6, 1e6) | st.sampled_from([0.0, -0.0, 1e-300, 1e150])
TARGETS = (
    FunctionTarget("sine"),
    FunctionTarget("abs", -2.0, 5.0),
    PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0))),
    PointsTarget(((0.0, 0.0), (3.0, 1.0))),
)


class TrainingByHand:
    """What Playback needs of a training session: it trains only in `train`, which the machine calls."""

    is_compiled = True
    preparing = 0

    def __init__(self) -> None:
        self.network: Network | None = None
        self.step = 0
        self.running = False
        self.held: dict[Parameter, float] = {}
        self.frames: list[Frame] = []

    def follow(self, job: Job) -> None:
        if job.network is not None:
            self.network, self.step = job.network, job.step

    def play(self) -> None:
        self.running = True

    def pause(self) -> None:
        if self.running:
            self.running = False
            self._show()

    def make_steps(self, steps: int) -> None:
        self.running = False
        self.train(steps)

    def hold(self, values: dict[Parameter, float]) -> None:
        self.held = values

    def take_frame(self) -> Frame | None:
        return self.frames.pop(0) if self.frames else None

    def take_timeline(self) -> None:
        return None

    def take_refusal(self) -> None:
        return None

    def train(self, steps: int) -> None:
        assert self.network is not None
        vector = self.network.vector
        moved = vector + 1e-3 * np.cos(vector + self.step + np.arange(len(vector)))
        self.network = Network.from_vector(moved, self.network.activation).with_values(self.held)
        self.step += steps
        self._show()

    def _show(self) -> None:
        assert self.network is not None
        self.frames.append(Frame(self.network, self.step, running=self.running))


class UndoMachine(RuleBasedStateMachine):
    @initialize(example=st.sampled_from(NAMES))
    def open(self, example: str) -> None:
        opened = load_example(example)
        self.document = Document(opened_state(opened), opened.title)
        self.file = DocumentFile(self.document)
        self.file.set_opened(opened, None)
        self.session = TrainingByHand()
        self.playback = Playback(self.document, self.session)  # type: ignore[arg-type]
        self.editing = Editing(self.document, self.playback)
        self.document.state_changed.connect(self._follow)
        self.playback.follow(self.document.state, placed=True)
        self.builds = 0
        self.first = self.written()

    def _follow(self, old: object, new: object, placed: bool) -> None:
        if placed:
            self.playback.follow(self.document.state, placed=True)

    def written(self) -> bytes:
        """The document as its file would be: every number of it."""
        return write(replace(self.file.snapshot(), picture=Picture()))

    def parameter(self, data: st.DataObject) -> Parameter:
        kind = data.draw(st.sampled_from(list(Kind)))
        neurons = self.document.network.neurons
        return OUTPUT_BIAS if kind is Kind.OUTPUT_BIAS else Parameter(kind, data.draw(st.integers(0, neurons - 1)))

    @rule(data=st.data(), value=VALUES, ending=st.sampled_from(["finish", "cancel", "leave"]))
    def drag(self, data: st.DataObject, value: float, ending: str) -> None:
        parameter = self.parameter(data)
        self.editing.start_drag(parameter)
        self.editing.drag(parameter, value)
        self.playback.on_tick()
        self.editing.drag(parameter, value / 3.0)
        if ending == "finish":
            self.editing.finish_drag(parameter)
        elif ending == "cancel":
            self.editing.cancel_drag()

    @rule(data=st.data(), x=st.floats(-3, 3), y=st.floats(-9, 9))
    def drag_corner(self, data: st.DataObject, x: float, y: float) -> None:
        target = self.document.state.target
        corners = self.document.network.vertices(target.low, target.high)
        self.editing.start_corner_drag(data.draw(st.integers(0, len(corners) - 1)))
        self.editing.drag_corner(x, y)
        self.editing.finish_corner_drag()

    @rule(data=st.data(), value=VALUES)
    def type_a_value(self, data: st.DataObject, value: float) -> None:
        self.editing.set_parameter(self.parameter(data), value)

    @rule(another=st.sampled_from(TARGETS))
    def set_target(self, another: FunctionTarget | PointsTarget) -> None:
        self.editing.set_target(another)

    @rule(samples=st.sampled_from([100, 1024, 5000]))
    def set_samples(self, samples: int) -> None:
        self.editing.set_samples(samples)

    @rule(rate=st.sampled_from([0.001, 0.01, 0.5]), batch=st.sampled_from([None, 10, 100]))
    def set_settings(self, rate: float, batch: int | None) -> None:
        self.editing.set_settings(TrainingSettings(rate, batch))

    @rule(neurons=st.integers(1, 12))
    def set_neurons(self, neurons: int) -> None:
        self.editing.set_neurons(neurons)

    @rule(activation=st.sampled_from([RELU, IDENTITY]))
    def set_activation(self, activation: object) -> None:
        self.editing.set_activation(activation)  # type: ignore[arg-type]

    @rule()
    def new_initialization(self) -> None:
        self.editing.new_initialization()

    @rule()
    def reset(self) -> None:
        self.editing.reset()

    @rule(data=st.data(), locked=st.booleans())
    def lock(self, data: st.DataObject, locked: bool) -> None:
        locks = self.document.state.locks.changed([self.parameter(data)], locked)
        self.document.edit("lock", locks=locks)

    @rule()
    def unlock_all(self) -> None:
        self.document.edit("unlock all", locks=Locks())

    @rule(steps=st.lists(st.integers(0, 6), min_size=1, max_size=4))
    def build(self, steps: list[int]) -> None:
        self.builds += 1
        for index in steps:
            step = build_steps(TARGETS[2].polyline())[index]
            start = self.document.state.start.given(step.network)
            self.document.edit("build", merge_id=self.builds, network=step.network, start=start, step=0)

    @rule(picture=st.sampled_from([Picture(), Picture(residual=True), Picture(solo=2)]))
    def look_differently(self, picture: Picture) -> None:
        self.document.set_picture(picture)

    @rule()
    def pause(self) -> None:
        self.playback.set_playing(False)

    @rule(steps=st.lists(st.integers(1, 1000), min_size=1, max_size=3))
    def train(self, steps: list[int]) -> None:
        self.playback.set_playing(True)
        for count in steps:
            self.session.train(count)
            self.playback.on_tick()

    @rule(steps=st.sampled_from([1, 10, 100]))
    def make_steps(self, steps: int) -> None:
        self.playback.make_steps(steps)
        self.playback.on_tick()

    @rule(step=st.integers(0, 1000), neurons=st.integers(1, 8))
    def look_back(self, step: int, neurons: int) -> None:
        self.playback.set_playing(False)
        self.playback.on_tick()
        before = self.written()
        self.document.show_moment(Moment(Network.from_vector(np.full(3 * neurons + 1, step / 8)), step, 1.0))
        assert self.written() == before

    @rule()
    def look_at_the_present(self) -> None:
        self.document.show_present()
        assert not self.document.shows_past

    @rule()
    def undo(self) -> None:
        self.editing.undo()
        self._take_all()

    @rule()
    def redo(self) -> None:
        self.editing.redo()
        self._take_all()

    @rule(data=st.data())
    def go_to(self, data: st.DataObject) -> None:
        self.editing.go_to(data.draw(st.integers(0, self.document.undo_stack.count())))
        self._take_all()

    def _take_all(self) -> None:
        """Frames that were made before do not count against what undo shows: the real session drops old revisions."""
        self.session.frames.clear()

    @rule()
    def undone_it_is_the_first_redone_the_last(self) -> None:
        self.editing.go_to(self.document.undo_stack.index())
        self._take_all()
        stack = self.document.undo_stack
        here, last = stack.index(), stack.count()
        present = self.written()
        self.editing.go_to(last)
        newest = self.written()
        while stack.canUndo():
            stack.undo()
        assert self.written() == self.first
        while stack.canRedo():
            stack.redo()
        assert self.written() == newest
        self.editing.go_to(here)
        assert self.written() == present

    def teardown(self) -> None:
        if hasattr(self, "document"):
            self.undone_it_is_the_first_redone_the_last()
            self.document.close()


@pytest.mark.usefixtures("qapp")
class TestUndo(UndoMachine.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
