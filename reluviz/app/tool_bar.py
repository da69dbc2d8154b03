"""The tool bar, which says less where there is less room: what is on a menu too goes first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QToolBar, QToolButton


class ToolBar(QToolBar):
    """Keeps all of its entries in sight, but for those it was told to spare, as long as it can."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__("Tools", window)
        self.setObjectName("tools")
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        self._written_out: list[QToolButton] = []
        self._all: list[QAction] = []
        self._spared: tuple[QAction, ...] = ()

    def write_out(self, action: QAction) -> None:
        """Show the text of `action` beside its icon where there is room."""
        button = self.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._written_out.append(button)

    def spare(self, *actions: QAction) -> None:
        """Do without these of the entries, now complete, where there is no room, the first first."""
        self._all, self._spared = self.actions(), actions

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.make_room()

    def make_room(self) -> None:
        """Show as much as there is room for."""
        for button in self._written_out:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        there = set(self.actions())
        # From the end on, so that what comes behind is there.
        for at in range(len(self._all) - 1, -1, -1):
            if self._all[at] not in there:
                self.insertAction(self._all[at + 1], self._all[at])
        for button in self._written_out:
            if self._needed() > self.width():
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for action in self._spared:
            if self._needed() > self.width():
                self.removeAction(action)

    def _needed(self) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint().width()
