"""The page that F1 shows: what the mouse and the keys do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reluviz.app.actions import Actions

_MOUSE = (
    ("Drag ◆", "move a kink: bⱼ"),
    ("Drag ● at a ray's end", "scale a ray: wⱼ"),
    ("Shift and drag ●", "turn the ray about its kink: vⱼ"),
    ("Drag ▲ at the left edge", "lift the output: b₀"),
    ("Drag ■ on the output", "move a corner, the others stay"),
    ("Point at a handle or cell", "see what the parameter moves"),
    ("Alt or Ctrl while dragging", "no snapping"),
    ("Escape while dragging", "put it back"),
    ("Tab, Shift+Tab in the plot", "pick a handle; Escape drops it"),
    ("V, B, W in the plot", "pick that parameter of the selected neuron"),
    ("0 in the plot", "pick b₀"),
    ("Arrows in the plot", "move what is picked; Shift: fine, Ctrl: coarse"),
    ("Alt+Up, Alt+Down in the table", "nudge the cell's value; Shift: fine, Ctrl: coarse"),
    ("Click a ray or a row", "select the neuron"),
    ("Drag a point of the target (T)", "move it; Alt or Ctrl: off the grid"),
    ("Double-click then", "add a point; right-click: more"),
    ("Tab, arrows, Delete, Insert then", "choose, nudge, remove, add a point"),
    ("Drag anywhere (D)", "draw the target; Escape: drop the line"),
    ("Right-click a row", "lock, hide, show alone, split, remove …"),
    ("Delete in the table", "remove the selected neurons"),
    ("Click a count above the table", "show those neurons alone, or all again"),
    ("Click a row's disc", "hide or show the neuron"),
    ("Double-click or Alt+click it", "show it alone, or all again"),
    ("Wheel", "zoom at the pointer"),
    ("Drag the background", "move the view"),
    ("Right-drag", "zoom each axis"),
    ("Double-click", "fit the view"),
)


class ShortcutsDialog(QDialog):
    """The mouse, and every action that has keys, in two columns. Stays open beside the work."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and mouse")
        page = QWidget()
        columns = QGridLayout(page)
        columns.setHorizontalSpacing(18)
        lines = [*_MOUSE, ("", "")]
        for action in actions.named.values():
            keys = [keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts()]
            if keys:
                lines.append((", ".join(keys), action.toolTip().split(" (")[0]))
        rows = -(-len(lines) // 2)
        for i, (gesture, meaning) in enumerate(lines):
            self._add(columns, i % rows, 2 * (i // rows), gesture, meaning)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setMinimumSize(page.sizeHint().boundedTo(self.screen().availableSize() * 0.85))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)

    def _add(self, columns: QGridLayout, row: int, column: int, keys: str, meaning: str) -> None:
        for offset, text in enumerate((keys, meaning)):
            label = QLabel(text, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            font = QFont()
            font.setBold(offset == 0)
            label.setFont(font)
            columns.addWidget(label, row, column + offset)
