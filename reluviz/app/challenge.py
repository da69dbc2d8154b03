"""Try it yourself: a blank network to be tuned to the target, with a score, hints and the solution."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from reluviz.app.display_clock import DisplayClock
from reluviz.app.main_window import MainWindow
from reluviz.app.playback import Playback
from reluviz.core.activation import RELU
from reluviz.core.dataset import Dataset
from reluviz.core.hint import next_hint
from reluviz.core.initializer import blank
from reluviz.core.lock_check import check_locks
from reluviz.core.loss import HALF_MSE
from reluviz.core.network import Network
from reluviz.core.parameter import Locks
from reluviz.core.score import Goal, Score, score_samples
from reluviz.core.target import PointsTarget
from reluviz.document.document import Document
from reluviz.document.selection import Selection
from reluviz.document.state import State

# What a hand can tune: of a smooth target, and of one with very many segments.
_FEW, _MANY = 8, 100

_TASK = "Put the output on the target: lift b₀ ▲, move the kinks ◆, bend the rays ●. A hint makes the next step."
_BLANK = "A blank network has taken the place of yours: Ctrl+Z brings yours back."
_TRAINING = "The optimizer is at work, and the score follows it."
_REVEALED = "Revealed: this is the construction. Start over to try again."
_NOTHING_LEFT = "This is the construction: no hint leads further, but training may."


class Challenge(QObject):
    """Joins the action and the bar to the document. The goal follows the target and the number of neurons; undoing the
    start, or opening another document, ends it.
    """

    def __init__(
        self, window: MainWindow, document: Document, playback: Playback, selection: Selection, clock: DisplayClock
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bar = window.challenge_bar
        self._document = document
        self._playback = playback
        self._selection = selection
        self._goal: Goal | None = None
        self._samples: Dataset | None = None
        self._first_step = 0
        self._hints = 0
        self._said = ""
        self._revealed: Network | None = None
        self._was_marked = False
        self._is_due = False
        self._join_bar()
        playback.running_changed.connect(self._show)
        document.opened.connect(self.close)
        document.state_changed.connect(self._on_state_changed)
        document.frame_changed.connect(self._on_frame_changed)
        document.undo_stack.indexChanged.connect(self._on_undo_index)
        clock.numbers_tick.connect(self._on_numbers_tick)

    def _join_bar(self) -> None:
        self._window.actions_["try_it"].triggered.connect(self.start)
        self._bar.hint_requested.connect(self.hint)
        self._bar.reveal_requested.connect(self.reveal)
        self._bar.start_over_requested.connect(self.start_over)
        self._bar.budget_edited.connect(self._on_budget)
        self._bar.close_requested.connect(self.close)
        self._bar.refused.connect(self._window.status_line.warn)

    @property
    def is_open(self) -> bool:
        return self._goal is not None

    def start(self) -> None:
        """A blank network with as many neurons as the target has segments; for another target with a few.

        Where it is open already, the same command closes it.
        """
        if self.is_open:
            self.close()
            return
        target = self._document.state.target
        if isinstance(target, PointsTarget):
            self._begin(min(len(target.polyline()) - 1, _MANY), "try it yourself")
        else:
            self._begin(min(self._document.network.neurons, _FEW), "try it yourself")

    def start_over(self) -> None:
        """The blank network again."""
        self._begin(self._document.network.neurons, "start over")

    def hint(self) -> None:
        """Make the next step of the construction, or say what prevents it."""
        if self._goal is None:
            return
        self._come_to_rest()
        network = self._document.network
        try:
            hint = next_hint(network, self._goal.corners, self._document.state.locks)
        except ValueError as error:
            self._window.status_line.warn(f"No hint: {error}")
            return
        if hint is not None and hint.values:
            self._document.edit("hint", network=network.with_values(hint.values))
            self._hints += 1
            self._selection.select(hint.neuron)
        self._said = _NOTHING_LEFT if hint is None else hint.sentence
        self._show()

    def reveal(self) -> None:
        """Show the whole solution."""
        if self._goal is None:
            return
        self._come_to_rest()
        state = self._document.state
        solution = self._goal.solution_of(state.network.neurons)
        try:
            check_locks(state.network, solution, state.locks)
        except ValueError as error:
            self._window.status_line.warn(f"Not revealed: {error}")
            return
        self._revealed = solution
        self._document.edit("reveal", network=solution, start=self._document.start.with_activation(RELU))
        self._show()

    def close(self) -> None:
        """Leave the challenge; the network stays as it is."""
        if not self.is_open:
            return
        had_focus = self._bar.isAncestorOf(self._window.focusWidget())
        self._goal = None
        self._bar.hide()
        if not self._was_marked:
            self._mark(False)
        if had_focus:
            self._window.plot.setFocus()

    def _begin(self, neurons: int, text: str) -> None:
        state = self._document.state
        try:
            samples = score_samples(state.target, state.sampling)
            goal = Goal.of(state.target, samples, neurons)
        except ValueError as error:
            self._window.status_line.warn(f"Nothing to try: {error}")
            return
        self._come_to_rest()
        network = blank(neurons, state.target.low, state.target.high)
        start = self._document.start.given(network)
        self._document.edit(text, network=network, start=start, locks=Locks(), step=0)
        was_open, self._goal, self._samples = self.is_open, goal, samples
        self._hints, self._said, self._revealed = 0, "", None
        self._selection.select(None)
        if not was_open:
            self._window.status_line.say(_BLANK)
            self._first_step = self._document.undo_stack.index()
            self._was_marked = self._document.picture.largest_error
            self._mark(True)
            self._window.bars.open(self._bar)
        self._window.plot.fit_soon()
        self._bar.show_budget(neurons)
        self._show()

    def _come_to_rest(self) -> None:
        if self._playback.is_running:
            self._playback.set_playing(False)
        self._document.cancel_gesture()

    def _mark(self, marked: bool) -> None:
        self._document.set_picture(replace(self._document.picture, largest_error=marked))

    def _on_budget(self, neurons: int) -> None:
        self._begin(neurons, f"try it yourself with {neurons} neuron{'s' if neurons > 1 else ''}")

    def _on_undo_index(self, index: int) -> None:
        if index < self._first_step:
            self.close()

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        if not self.is_open:
            return
        self._said = ""
        neurons = new.network.neurons
        if new.target is not old.target or new.sampling != old.sampling or neurons != old.network.neurons:
            self._aim(new)
        self._show()

    def _aim(self, state: State) -> None:
        """Another goal, for what the target and the number of neurons are now."""
        try:
            self._samples = score_samples(state.target, state.sampling)
            self._goal = Goal.of(state.target, self._samples, state.network.neurons)
        except ValueError as error:
            self.close()
            self._window.status_line.warn(f"The challenge ends: {error}")
            return
        self._bar.show_budget(state.network.neurons)

    def _on_frame_changed(self) -> None:
        self._is_due = True

    def _on_numbers_tick(self) -> None:
        if self._is_due:
            self._show()

    def _show(self) -> None:
        if self._goal is None or self._samples is None:
            return
        self._is_due = False
        network = self._document.network
        score = self._goal.score(network, self._samples)
        is_revealed = self._revealed is not None and network.same_as(self._revealed)
        # J is what training minimizes; the score is always made from half the mean squared error.
        is_j = self._document.state.settings.loss == HALF_MSE.name
        self._bar.show_score(score, "J" if is_j else "½ MSE", is_solution=is_revealed)
        self._bar.sentence.show_text(_REVEALED if is_revealed else self._sentence(score))
        self._bar.offer(hint=score.points < 100.0, reveal=not network.same_as(self._goal.solution_of(network.neurons)))

    def _sentence(self, score: Score) -> str:
        if self._playback.is_running:
            return _TRAINING
        if score.points < 100.0:
            return self._said or _TASK
        hints = "without a hint" if self._hints == 0 else f"with {self._hints} hint{'s' if self._hints > 1 else ''}"
        return f"{self._said} {score.word.capitalize()}, {hints}.".strip()
