"""The page that F1 shows: what the mouse and the keys do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence, QShowEvent
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

# How much of the screen the page may take.
_OF_SCREEN = 0.9

_MOUSE = (
    ("Drag ◆", "move a kink: bⱼ"),
    ("Drag a hard tanh's second ◆", "make its slope shallower or steeper: vⱼ and bⱼ"),
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
    ("Drag on the loss", "go back to any recorded moment; the right edge is the present"),
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
        self._labels = [(self._label(gesture, page, True), self._label(meaning, page)) for gesture, meaning in lines]
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)
        self._columns, self._area = columns, area

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The letters' size is known only now; what is wider than the screen wraps, what is higher scrolls.
        most = self.screen().availableSize() * _OF_SCREEN
        around = self.sizeHint() - self._area.sizeHint()
        margins = self._columns.contentsMargins()
        beside = around.width() + self._area.verticalScrollBar().sizeHint().width() + margins.left() + margins.right()
        keys, meanings = (max(map(_width, labels)) for labels in zip(*self._labels, strict=True))
        gap = self._columns.horizontalSpacing()
        room = most.width() - beside
        # A meaning may wrap to about half its width beside another one.
        pairs = 2 if 2 * keys + meanings + 3 * gap <= room else 1
        keys = min(keys, room // (2 * pairs))
        meanings = min(meanings, (room - (2 * pairs - 1) * gap) // pairs - keys)
        self._place(pairs, (keys, meanings))
        width = pairs * (keys + meanings) + (2 * pairs - 1) * gap + margins.left() + margins.right()
        height = self._columns.heightForWidth(width) + around.height()
        self.resize(width - margins.left() - margins.right() + beside, min(height, most.height()))

    def _place(self, pairs: int, widths: tuple[int, int]) -> None:
        """Put the lines into so many pairs of columns, keys and meanings, of these widths."""
        rows = -(-len(self._labels) // pairs)
        for i, labels in enumerate(self._labels):
            for label, width, column in zip(labels, widths, (0, 1), strict=True):
                label.setFixedWidth(width)
                self._columns.addWidget(label, i % rows, 2 * (i // rows) + column)

    def _label(self, text: str, parent: QWidget, bold: bool = False) -> QLabel:
        label = QLabel(text, parent)
        label.setTextFormat(Qt.TextFormat.PlainText)
        font = QFont()
        font.setBold(bold)
        label.setFont(font)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return label


def _width(label: QLabel) -> int:
    label.ensurePolished()
    return label.fontMetrics().horizontalAdvance(label.text()) + 4
