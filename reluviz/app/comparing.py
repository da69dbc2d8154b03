"""Compare: a recorded moment, or a whole run, kept as a ghost under what is on show, with its loss."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.display_clock import DisplayClock
from reluviz.app.main_window import MainWindow
from reluviz.app.replaying import Replaying
from reluviz.core.kept import Kept, kept_losses
from reluviz.core.notation import count_text
from reluviz.core.recording import Moment, Recording
from reluviz.document.document import Document


class Comparing(QObject):
    """Joins the actions of comparison to the plots. A ghost stays until it is discarded, or another document comes.

    It is saved with the document. A run as a ghost shows its moment of the step that is on show.
    """

    def __init__(self, window: MainWindow, document: Document, replaying: Replaying, clock: DisplayClock) -> None:
        super().__init__(window)
        self._say = window.status_line.say
        self._plot = window.plot
        self._loss_plot = window.loss_plot
        self._actions = window.actions_
        self._document = document
        self._replaying = replaying
        self._run: Recording | None = None
        self._step = -1
        self._is_named = True
        names = ("keep_moment", "keep_run", "drop_ghost")
        window.timeline_bar.offer([self._actions[name] for name in names])
        self._actions["keep_moment"].triggered.connect(self.keep_moment)
        self._actions["keep_run"].triggered.connect(self.keep_run)
        self._actions["drop_ghost"].triggered.connect(self.drop)
        document.opened.connect(self._show_kept)
        document.kept_changed.connect(self._show_kept)
        document.frame_changed.connect(self._on_frame_changed)
        document.picture_changed.connect(self._on_picture_changed)
        document.timeline_changed.connect(self._show_actions)
        clock.numbers_tick.connect(self._on_numbers_tick)
        self._show_kept()

    def keep_moment(self) -> None:
        """What is on show, as it is now."""
        frame = self._document.frame
        self._document.keep(Kept(Moment(frame.network, frame.step, frame.loss, frame.validation_loss)))
        whole = "; Shift+C keeps the whole run" if self._actions["keep_run"].isEnabled() else ""
        self._say(f"Kept step {count_text(frame.step)} to compare with{whole}")

    def keep_run(self) -> None:
        """The run that is looked at, as far as it is recorded now."""
        recording = self._replaying.recording
        if len(recording):
            self._document.keep(recording)
            last = count_text(float(recording.steps[-1]))
            self._say(f"Kept the run up to step {last} to compare with: its output is that of the step on show")

    def drop(self) -> None:
        """No ghost any more."""
        self._document.keep(None)

    def _show_kept(self) -> None:
        kept = self._document.kept
        self._run = None
        if isinstance(kept, Recording):
            self._run, self._step = kept, -1
            self._loss_plot.show_ghost(kept_losses(kept))
            self._on_frame_changed()
        elif kept is not None:
            self._loss_plot.show_ghost(kept_losses(kept))
            self._show(kept)
        else:
            self._plot.kept.keep(None)
            self._loss_plot.show_ghost(None)
        self._name()

    def _show(self, kept: Kept) -> None:
        self._plot.kept.keep(kept.moment.network, kept.text, kept.short)
        self._loss_plot.mark_ghost(kept.moment.step, kept.loss, kept.what)
        self._is_named = False

    def _on_frame_changed(self) -> None:
        if self._run is not None:
            index = self._run.nearest(self._document.frame.step)
            if self._run.steps[index] != self._step:
                self._step = int(self._run.steps[index])
                self._show(Kept(self._run[index]))

    def _on_picture_changed(self) -> None:
        self._plot.kept.set_picture(self._document.picture)

    def _on_numbers_tick(self) -> None:
        if not self._is_named:
            self._name()

    def _name(self) -> None:
        self._is_named = True
        self._plot.update_legend()
        self._show_actions()

    def _show_actions(self) -> None:
        self._actions["keep_run"].setEnabled(len(self._replaying.recording) > 1)
        self._actions["drop_ghost"].setEnabled(self._plot.kept.network is not None)
