"""The list of changes: what can be undone and done again."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QUndoStack
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from reluviz.panels.section import MARGIN, SPACING, heading


class ChangesList(QListView):
    """Whatever its size becomes, the present change is in sight: it gets one only after it is shown."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


class HistoryPanel(QWidget):
    """The changes of one undo stack, the present one selected. `jump_requested(int)`: so many changes shall be done."""

    jump_requested = Signal(int)

    def __init__(self, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._texts = QStringListModel(self)
        self.list = ChangesList()
        self.list.setAccessibleName("History of changes")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self._texts)
        title = heading("History of changes")
        title.setToolTip("Click a change, or press Return on it, to go back or forth to it")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(title)
        layout.addWidget(self.list, 1)
        self.list.clicked.connect(self._jump)
        self.list.activated.connect(self._jump)
        stack.indexChanged.connect(self._show_changes)
        self._show_changes()

    def _show_changes(self) -> None:
        # Copied, because the stack goes before the window does.
        stack = self._stack
        self._texts.setStringList(["as opened", *(stack.text(i) for i in range(stack.count()))])
        self.list.setCurrentIndex(self._texts.index(stack.index(), 0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A hidden list scrolls nowhere.
        self.list.scrollTo(self.list.currentIndex())

    def _jump(self, index: QModelIndex) -> None:
        if index.row() != self._stack.index():
            self.jump_requested.emit(index.row())
