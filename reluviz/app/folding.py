"""The folds of the panels stay as the user left them, also after the next start."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from reluviz.app.main_window import MainWindow
from reluviz.app.preferences import Preferences
from reluviz.panels.fold import Fold


class Folding(QObject):
    """Joins all folds of one window to the preferences."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = Preferences()
        self._unfolded: Fold | None = None
        unfolded = self._preferences.unfolded
        for fold in window.findChildren(Fold):
            fold.set_folded(fold.objectName() not in unfolded)
            fold.folded.connect(self._on_folded)

    def _on_folded(self, folded: bool) -> None:
        fold = self.sender()
        assert isinstance(fold, Fold)
        self._preferences.unfolded = {
            other.objectName() for other in self._window.findChildren(Fold) if not other.is_folded
        }
        if not folded:
            self._unfolded = fold
            # Once the layout has made room for it.
            QTimer.singleShot(0, self._bring_into_view)

    def _bring_into_view(self) -> None:
        if self._unfolded is not None:
            self._window.bring_into_view(self._unfolded)
