"""Names that complete the word under the cursor of a formula's line, in a list below it."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from reluviz.panels.formula_entries import Entry, completions

_MOST_ROWS = 8
# Not behind a digit or a point: 2e is the beginning of 2e5.
_BEFORE = re.compile(r"(?<![\w.])[A-Za-z_]\w*$", re.ASCII)
_BEHIND = re.compile(r"\w*", re.ASCII)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormulaCompletion(QObject):
    """The list of one line. Tab takes the marked name or else the first, Enter the marked one; Escape closes the list.

    No name is marked before an arrow key has gone to it, and until then Enter is the line's own, unless the word can
    become one name only and is none yet. The line asks `takes` about every key.
    """

    completed = Signal()
    """A name was put into the line."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._word = ""
        self.offered: tuple[Entry, ...] = ()
        self._texts = QStringListModel(self)
        self._completer = QCompleter(self._texts, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_MOST_ROWS)
        self._completer.setWidget(line)
        self.popup = QListView()
        self._completer.setPopup(self.popup)
        self.popup.setAccessibleName("Names that complete the word")
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.popup.clicked.connect(self._on_clicked)
        line.textEdited.connect(self.offer)
        line.cursorPositionChanged.connect(self._on_cursor)

    @property
    def is_open(self) -> bool:
        return self.popup.isVisible()

    def close(self) -> None:
        """No names are offered any more."""
        self.popup.hide()

    def offer(self) -> None:
        """Offers what completes the word at the cursor; closes the list where there is nothing."""
        self._word = self._word_at_cursor()
        self.offered = completions(self._word)
        if not self.offered:
            self.close()
            return
        self._texts.setStringList([entry.text for entry in self.offered])
        self._completer.setCompletionPrefix("")
        self._place()
        self.popup.setCurrentIndex(QModelIndex())

    def takes(self, event: QEvent) -> bool:
        """Does what a key means for the list; whether it means anything."""
        if not (self.is_open and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        marked = self.popup.currentIndex().row()
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        if event.key() == Qt.Key.Key_Tab or (event.key() in _ENTER and (marked >= 0 or self._is_meant)):
            self._put_in(self.offered[max(marked, 0)])
            return True
        if event.key() in _ENTER:
            self.close()
        return False

    @property
    def _is_meant(self) -> bool:
        """Whether the word is the beginning of one name alone, and no name itself: no formula could have it."""
        return len(self.offered) == 1 and self._word.lower() != self.offered[0].name

    def _word_at_cursor(self) -> str:
        found = _BEFORE.search(self._line.text()[: self._line.cursorPosition()])
        return found[0] if found else ""

    def _place(self) -> None:
        """Opens the list below the beginning of the word, as wide as its widest row."""
        cursor, metrics = self._line.cursorRect(), self._line.fontMetrics()
        margins = 2 * self.popup.frameWidth() + self.popup.fontMetrics().averageCharWidth() * 2
        width = self.popup.sizeHintForColumn(0) + margins
        scrolls = len(self.offered) > _MOST_ROWS
        policy = Qt.ScrollBarPolicy
        # Qt leaves a pixel too little for the rows, and would have all of them scroll.
        self.popup.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff)
        if scrolls:
            width += self.popup.verticalScrollBar().sizeHint().width()
        left = max(cursor.center().x() - metrics.horizontalAdvance(self._word), 0)
        cursor.setLeft(left)
        cursor.setBottom(self._line.rect().bottom())
        cursor.setWidth(width)
        self._completer.complete(cursor)
        self._keep_off_the_line()

    def _keep_off_the_line(self) -> None:
        """What is typed stays in sight: the list lies below all of the line, or above it where the screen ends."""
        box = self.popup.geometry()
        line = QRect(self._line.mapToGlobal(QPoint(0, 0)), self._line.size())
        if not box.intersects(line):
            return
        box.moveTop(line.bottom() + 1)
        if box.bottom() > self._line.screen().availableGeometry().bottom():
            box.moveBottom(line.top() - 1)
        self.popup.setGeometry(box)

    def _on_cursor(self) -> None:
        """The cursor has left the word, or the text is another one."""
        if self.is_open and self._word_at_cursor() != self._word:
            self.close()

    def _on_clicked(self, index: QModelIndex) -> None:
        self._put_in(self.offered[index.row()])

    def _put_in(self, entry: Entry) -> None:
        """The whole word under the cursor becomes the name; the cursor goes into a function's brackets."""
        self.close()
        text, at = self._line.text(), self._line.cursorPosition()
        start = at - len(self._word_at_cursor())
        behind = _BEHIND.match(text, at)
        end = behind.end() if behind else at
        has_brackets = text[end : end + 1] == "("
        self._line.setSelection(start, end - start)
        self._line.insert(entry.name if has_brackets else entry.typed)
        if entry.is_function:
            self._line.setCursorPosition(start + len(entry.name) + 1)
        self.close()
        self.completed.emit()
