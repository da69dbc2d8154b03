"""The page that F1 shows: what the mouse and the keys do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from reluviz.app.actions import Actions

_MOUSE = (
    ("Drag ◆", "move a kink: bⱼ"),
    ("Drag ● at a ray's end", "scale a ray: wⱼ"),
    ("Drag ▲ at the left edge", "lift the output: b₀"),
    ("Drag ■ on the output", "move a corner, the others stay"),
    ("Escape while dragging", "put it back"),
    ("Click a ray or a row", "select the neuron"),
    ("Wheel", "zoom at the pointer"),
    ("Drag the background", "move the view"),
    ("Right-drag", "zoom each axis"),
    ("Double-click", "fit the view"),
)


class ShortcutsDialog(QDialog):
    """Two columns: the mouse, and every action that has keys. Stays open beside the work."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and mouse")
        columns = QGridLayout()
        columns.setHorizontalSpacing(18)
        for row, (gesture, meaning) in enumerate(_MOUSE):
            self._add(columns, row, 0, gesture, meaning)
        row = 0
        for action in actions.named.values():
            keys = [keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts()]
            if keys:
                self._add(columns, row, 2, ", ".join(keys), action.toolTip().split(" (")[0])
                row += 1
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(columns)
        layout.addWidget(buttons)

    def _add(self, columns: QGridLayout, row: int, column: int, keys: str, meaning: str) -> None:
        for offset, text in enumerate((keys, meaning)):
            label = QLabel(text, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            font = QFont()
            font.setBold(offset == 0)
            label.setFont(font)
            columns.addWidget(label, row, column + offset)
