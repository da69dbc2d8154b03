"""The target's points: the table that folds up into a line, and beside that line the button for editing on the plot."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reluviz.core.notation import count_text
from reluviz.core.target import PointsTarget, Target
from reluviz.panels.controls import Button
from reluviz.panels.fold import Fold
from reluviz.panels.points_table import PointsTable


class PointsFold(Fold):
    """Without points only the button is there. While they are edited the table is folded out. `show_…` is silent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("points", "Points", "The target's points as numbers", parent)
        self.edit_points = Button()
        self.edit_points.setCheckable(True)
        self.edit_points.setToolTip("Move, add and delete the target's points on the plot (T)")
        self.table = PointsTable()
        self._has_points = False
        self._is_opened_for_editing = False
        self.fields.add_row(self.table)
        line = QHBoxLayout()
        line.addWidget(self.button, 1)
        line.addWidget(self.edit_points, 1)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(0, line)
        self.button.toggled.connect(self._arrange)
        self.show_editing(False)
        self._arrange()

    def show_target(self, target: Target) -> None:
        """Shows the points of `target`, if it has any."""
        self._has_points = isinstance(target, PointsTarget)
        if isinstance(target, PointsTarget):
            self.table.show_points(target.points)
            self.button.set_summary(count_text(len(target.points)))
        self._arrange()

    def show_editing(self, editing: bool) -> None:
        """Shows whether the points can be taken hold of on the plot."""
        self.edit_points.setChecked(editing)
        self.edit_points.setText("End editing" if editing else "Edit points")
        if editing and self.is_folded:
            self._is_opened_for_editing = True
            self.set_folded(False)
        elif not editing and self._is_opened_for_editing:
            self._is_opened_for_editing = False
            self.set_folded(True)

    def _arrange(self) -> None:
        self.button.setVisible(self._has_points)
        self._body.setVisible(self._has_points and not self.is_folded)
