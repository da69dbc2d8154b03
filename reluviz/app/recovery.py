"""After a crash: what the ended program had not saved is offered, one document after the other."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.autosaving import Autosaving
from reluviz.app.files import Files
from reluviz.app.recovery_bar import RecoveryBar
from reluviz.document.autosave import Autosave, Recovered


class Recovery(QObject):
    """Joins the bar with the files. What is neither restored nor discarded is offered again at the next start."""

    def __init__(self, bar: RecoveryBar, files: Files, autosaving: Autosaving, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bar = bar
        self._files = files
        self._autosaving = autosaving
        self._offers: list[tuple[Autosave, Recovered]] = []
        self._is_closed = False
        autosaving.found.connect(self._on_found)
        bar.restore_chosen.connect(self._on_restore)
        bar.discard_chosen.connect(self._on_discard)
        bar.later_chosen.connect(self.leave)

    def _on_found(self, offers: list[tuple[Autosave, Recovered]]) -> None:
        self._offers += offers
        if self._is_closed:
            # The search was still under way; the window, and the bar in it, are gone.
            self._release()
        else:
            self._offer_next()

    def _offer_next(self) -> None:
        if self._offers:
            _, recovered = self._offers[0]
            name = recovered.path.name if recovered.path is not None else recovered.document.title
            self.bar.offer(name or "Untitled", recovered.modified)
        else:
            self.bar.hide()

    def _on_restore(self) -> None:
        autosave, recovered = self._offers[0]
        if self._files.restore(recovered):
            self._autosaving.adopt(autosave)
            self._offers.pop(0)
            self._offer_next()

    def _on_discard(self) -> None:
        autosave, _ = self._offers.pop(0)
        self._autosaving.discard(autosave)
        self._offer_next()

    def leave(self) -> None:
        """Offer nothing more; the next start will."""
        self._release()
        self.bar.hide()

    def close(self) -> None:
        """Offer nothing more, whatever is still found. Harmless when repeated."""
        self._is_closed = True
        self._release()

    def _release(self) -> None:
        for autosave, _ in self._offers:
            self._autosaving.release(autosave)
        self._offers.clear()
