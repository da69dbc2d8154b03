"""The bar under the plot while the target's points are edited."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reluviz.core.network import MAX_NEURONS
from reluviz.core.notation import count_text
from reluviz.panels.bar import Bar
from reluviz.panels.controls import Check, SmallButton
from reluviz.panels.number_edit import CountEdit
from reluviz.panels.section import MARGIN, SPACING

MOST_TURNED = 1000
"""More rows of data than this are not offered to be taken hold of one by one."""

_LINES = 2
_HOW_TO = "Drag a point; double-click adds one; a click or Tab selects one for arrows and Delete."


class TargetBar(Bar):
    """What can be done with the target's points, and buttons for it; for a smooth target, how it comes to have points.

    `show_…` is silent; the signals are the user's doing.
    """

    segment_left_requested = Signal()
    segment_right_requested = Signal()
    delete_requested = Signal()
    snap_edited = Signal(bool)
    segments_requested = Signal(int)
    """Into how many straight segments the smooth target is to be turned."""
    points_requested = Signal()
    """Data are to be turned into points."""
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Edit target", parent)
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.segment_left = _button("Add segment left", "One more segment at the left end, level, as wide as the first")
        self.segment_right = _button(
            "Add segment right", "One more segment at the right end, level, as wide as the last"
        )
        self.delete = _button("Delete point", "Take the selected point away and join its neighbours (Delete)")
        self.turn = _button("Turn into", "Replace the smooth target by straight segments of equal width")
        self.turn_points = _button("Turn into points", "Every row becomes a point; rows at the same x, their mean")
        self.segments = CountEdit("segments", 1, MAX_NEURONS)
        self.segments.setToolTip("Into how many straight segments")
        self._segments_label = QLabel("segments")
        self._segments_label.setBuddy(self.segments)
        self.snap = Check("Snap")
        self.snap.setToolTip("Dragged and added points go to the grid; Alt or Ctrl held lets go (G)")
        self.close_ = _button("Close", "Back to the neurons' handles (Escape or T)")
        self._for_points = (self.segment_left, self.segment_right, self.delete, self.snap)
        self._for_function = (self.turn, self.segments, self._segments_label)
        self._rows = QHBoxLayout(), QHBoxLayout()
        self._is_wide: bool | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self.sentence)
        for row in self._rows:
            row.setSpacing(SPACING)
            layout.addLayout(row)
        self._arrange(True)
        self.segment_left.clicked.connect(self.segment_left_requested)
        self.segment_right.clicked.connect(self.segment_right_requested)
        self.delete.clicked.connect(self.delete_requested)
        self.snap.clicked.connect(self.snap_edited)
        self.turn.clicked.connect(self._on_turn)
        self.turn_points.clicked.connect(self.points_requested)
        self.close_.clicked.connect(self.close_requested)
        self.segments.refused.connect(self.refused)
        self._reserve_lines()

    def show_points(self, points: int, selected: int | None) -> None:
        """Shows what can be done with so many points, of which one (from 0) may be selected."""
        self._show(has_points=True)
        self.delete.setEnabled(selected is not None)
        if selected is None:
            self.sentence.setText(f"{count_text(points)} points. {_HOW_TO}")
        else:
            self.sentence.setText(
                f"Point {count_text(selected + 1)} of {count_text(points)}: drag it or use the arrows "
                "(Shift: fine, Ctrl: coarse); Delete removes it."
            )

    def show_function(self, label: str, segments: int) -> None:
        """Shows that the target is smooth, and the number of segments to propose."""
        self._show(has_points=False)
        self.segments.set_value(segments)
        self.sentence.setText(f"{label} has no points to take hold of. Turn it into straight segments first.")

    def show_data(self, label: str, rows: int, segments: int) -> None:
        """Shows that the target is so many rows of data: each can become a point, unless they are too many."""
        if rows > MOST_TURNED:
            self._show(has_points=False)
            self.segments.set_value(segments)
            self.sentence.setText(
                f"{label}: {count_text(rows)} rows are too many to take hold of. Turn them into segments first."
            )
            return
        self._show(has_points=False, is_data=True)
        self.sentence.setText(f"{label}: {count_text(rows)} rows of data. Turn them into points to take hold of them.")

    def show_snap(self, snaps: bool) -> None:
        self.snap.setChecked(snaps)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._reserve_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - 2 * MARGIN
        needed = sum(part.sizeHint().width() + SPACING for part in (*self._for_points, self.close_))
        self._arrange(needed <= room)

    def minimumSizeHint(self) -> QSize:
        # Asked for before it is known whether there is room for one row: two are narrower.
        first = sum(part.minimumSizeHint().width() + SPACING for part in (self.segment_left, self.segment_right))
        return QSize(first + 2 * MARGIN, super().minimumSizeHint().height())

    def _arrange(self, wide: bool) -> None:
        """Put all controls in one row, or where that is too narrow in two."""
        if wide == self._is_wide:
            return
        self._is_wide = wide
        first, second = self._rows
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        for part in (self.segment_left, self.segment_right, *self._for_function, self.turn_points):
            first.addWidget(part)
        after = first if wide else second
        if not wide:
            first.addStretch(1)
        after.addWidget(self.delete)
        after.addStretch(1)
        after.addWidget(self.snap)
        after.addWidget(self.close_)

    def _show(self, has_points: bool, is_data: bool = False) -> None:
        for point_part in self._for_points:
            point_part.setVisible(has_points)
        for function_part in self._for_function:
            function_part.setVisible(not has_points and not is_data)
        self.turn_points.setVisible(is_data)

    def _on_turn(self) -> None:
        self.segments.commit()
        self.segments_requested.emit(self.segments.value())

    def _reserve_lines(self) -> None:
        # Sentences of one line and of two take the same room, so that the plot keeps its height.
        self.sentence.setMinimumHeight(_LINES * self.sentence.fontMetrics().lineSpacing())


def _button(text: str, tip: str) -> SmallButton:
    button = SmallButton(text)
    button.setToolTip(tip)
    return button
