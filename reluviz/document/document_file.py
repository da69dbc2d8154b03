"""Which file the open document belongs to, and whether that file holds what is on show."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.recording import Moment
from reluviz.core.timeline import Course
from reluviz.document.document import Document
from reluviz.document.opened import OpenedDocument
from reluviz.document.storage import SUFFIX

_LONG_TRAINING = 60.0
# A computer that slept between two frames has not trained.
_LONGEST_FRAME = 2.0


class DocumentFile(QObject):
    """Belongs to one Document. `changed()`: the name, or whether there are unsaved changes, is another now.

    `path` is None for what was never saved: a new document, an example. There training alone is no change to lose,
    since the same start does the same again, until a run has taken a minute or goes on from a moment that was looked
    back at; in a file it is one at once. So is everywhere what is kept to compare with. Speed, picture and `film`, the
    recipe of the last one, are saved too but never count: they are how it is looked at.
    """

    changed = Signal()

    def __init__(
        self, document: Document, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` tells the seconds by which a training is long."""
        super().__init__(parent)
        self._document = document
        self._opened = OpenedDocument(document.title, document.state.target)
        self._speed: float | None = None
        self.film: FilmRecipe | None = None
        self._saved_kept = self._kept_before = document.kept
        self._was_modified = False
        self._was_recovered = False
        self._clock = clock
        self._trained_seconds = 0.0
        self._has_trained_long = False
        self._ran_at: float | None = None
        self.path: Path | None = None
        document.undo_stack.cleanChanged.connect(self._look)
        document.frame_changed.connect(self._on_frame)
        document.kept_changed.connect(self._look)

    @property
    def name(self) -> str:
        """What to call the document in one short line."""
        if self.path is not None:
            return self.path.name.removesuffix(SUFFIX)
        return self._opened.title or "Untitled"

    @property
    def is_modified(self) -> bool:
        """Whether something would be lost if the document went now."""
        document = self._document
        if document.kept is not self._saved_kept:
            return True
        if self.path is None and not self._was_recovered and not document.is_touched and not self._has_trained_long:
            # An example that was only trained: its start soon does the same again.
            return False
        if not document.undo_stack.isClean():
            return True
        # Training and the hand run ahead of what is committed.
        present, state = document.present, document.state
        return present.step != state.step or not present.network.same_as(state.network)

    def set_opened(self, opened: OpenedDocument, path: Path | None, modified: bool = False) -> None:
        """The Document shows `opened` from here on. `modified`: although no file holds it like that (recovered)."""
        self._opened = opened
        self._speed = opened.speed
        self.film = opened.film
        self.path = path
        self._was_recovered = modified
        self._saved_kept = self._document.kept
        self._trained_seconds, self._has_trained_long, self._ran_at = 0.0, False, None
        if modified:
            self._document.undo_stack.resetClean()
        self._announce()

    def set_speed(self, speed: float | None) -> None:
        """The user chose another speed, in steps per second, None as fast as it goes."""
        self._speed = speed

    def snapshot(self) -> OpenedDocument:
        """The present state and what is recorded, frozen, to be written by any thread."""
        state, frame = self._document.state, self._document.present
        present = Moment(frame.network, frame.step, frame.loss, frame.validation_loss)
        course = Course(state.target, state.sampling, state.settings.loss)
        network = None
        # A document that stands at its start stays as it was written: without a network of its own.
        if frame.step or not frame.network.same_as(state.start.begin(state.target.low, state.target.high)[0]):
            network = frame.network
        opened = self._opened
        is_same_target = state.target == opened.target
        return OpenedDocument(
            title=opened.title,
            # Of another target, or another start, they are not true.
            source=opened.source if is_same_target else "",
            look_at=opened.look_at if is_same_target and state.start.same_as(opened.start) else "",
            target=state.target,
            sampling=state.sampling,
            start=state.start,
            settings=state.settings,
            locks=state.locks,
            network=network,
            step=frame.step,
            speed=self._speed,
            picture=self._document.picture,
            timeline=self._document.timeline.up_to(present, course),
            axes=state.axes,
            film=self.film,
            kept=self._document.kept,
        )

    def begin_saving(self) -> OpenedDocument:
        """What to write. The document counts as saved from here on, whatever training goes on to make of it."""
        self._document.settle()
        self._kept_before, self._saved_kept = self._saved_kept, self._document.kept
        if self._document.held:
            # What is in the hand is written as shown, but Escape may still take it back.
            self._document.undo_stack.resetClean()
        else:
            self._document.undo_stack.setClean()
        return self.snapshot()

    def finish_saving(self, path: Path) -> None:
        """The file has been written."""
        self.path = path
        self._announce()

    def cancel_saving(self) -> None:
        """The file could not be written: there are unsaved changes, as no file can be relied on."""
        self._document.undo_stack.resetClean()
        self._saved_kept = self._kept_before
        self._announce()

    def _on_frame(self) -> None:
        now, frame = self._clock(), self._document.present
        if frame.step == 0:
            # Another run begins; what was recorded of the one before stays.
            self._trained_seconds = 0.0
            self._has_trained_long &= bool(self._document.timeline.branches)
        elif frame.running and self._ran_at is not None:
            self._trained_seconds += min(now - self._ran_at, _LONGEST_FRAME)
            self._has_trained_long |= self._trained_seconds >= _LONG_TRAINING
        self._ran_at = now if frame.running else None
        self._look()

    def _look(self) -> None:
        if self.is_modified != self._was_modified:
            self._announce()

    def _announce(self) -> None:
        self._was_modified = self.is_modified
        self.changed.emit()
