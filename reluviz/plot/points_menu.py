"""The menu of a right click on the plot while the target's points are edited."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from reluviz.core.point_list import Point


class PointsMenu(QMenu):
    """What can be done at a place. Its signals carry the point (from 0), or the place in data."""

    delete_requested = Signal(int)
    add_requested = Signal(float, float)
    segment_left_requested = Signal()
    segment_right_requested = Signal()
    fit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point: int | None = None
        self._place: Point | None = None
        self.delete = self.addAction("Delete point")
        self.add = self.addAction("Add point here")
        self.addSeparator()
        self.segment_left = self.addAction("Add segment left")
        self.segment_right = self.addAction("Add segment right")
        self.addSeparator()
        self.fit = self.addAction("Fit view")
        self.delete.triggered.connect(self._on_delete)
        self.add.triggered.connect(self._on_add)
        self.segment_left.triggered.connect(self.segment_left_requested)
        self.segment_right.triggered.connect(self.segment_right_requested)
        self.fit.triggered.connect(self.fit_requested)

    def open_at(self, screen: QPoint, point: int | None, place: Point | None) -> None:
        """Offer what can be done with `point`, or at the empty `place`; `place` is None where there are no points."""
        self._point, self._place = point, place
        self.delete.setText("Delete point" if point is None else f"Delete point {point + 1}")
        self.delete.setEnabled(point is not None)
        for action in (self.add, self.segment_left, self.segment_right):
            action.setEnabled(place is not None and (action is not self.add or point is None))
        self.popup(screen)

    def _on_delete(self) -> None:
        if self._point is not None:
            self.delete_requested.emit(self._point)

    def _on_add(self) -> None:
        if self._place is not None:
            self.add_requested.emit(*self._place)
