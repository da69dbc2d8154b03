"""The target under the hand: the mode in which its points can be taken hold of, and the table of their coordinates."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.core.data_target import DataTarget
from reluviz.core.notation import count_text, short_text
from reluviz.core.point_editing import (
    as_points,
    changed_points,
    middle_of_segment,
    with_coordinates,
    with_moved_point,
    with_point,
    with_segment_left,
    with_segment_right,
    without_point,
)
from reluviz.core.target import PointsTarget, Target
from reluviz.document.document import Document
from reluviz.document.edit import NEVER, new_merge_id
from reluviz.document.state import State

# More segments than this are not proposed for a smooth target, however many neurons there are.
_MOST_PROPOSED = 50


class TargetEditing(QObject):
    """Joins the points on the plot, the table and the bar of one window to the document. Every edit is an undo step."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._points = window.plot.points
        self._table = window.target_panel.points_table
        self._action = window.actions_["edit_target"]
        # The point whose nudges are being merged, and the target they have come to.
        self._nudged: tuple[int, Target, int] | None = None
        self._join_mode()
        self._join_points()
        self._join_bar()
        document.state_changed.connect(self._on_state_changed)
        document.opened.connect(self._on_opened)
        self._show()

    def _join_mode(self) -> None:
        window = self._window
        self._action.toggled.connect(self._on_toggled)
        window.target_panel.edit_points.clicked.connect(self._action.trigger)
        window.target_bar.close_requested.connect(self.leave)
        window.plot.point_keys.left.connect(self.leave)

    def _join_points(self) -> None:
        plot, table = self._window.plot, self._table
        plot.points.moved.connect(self.move)
        plot.points.dragged.connect(table.show_point)
        plot.points.add_requested.connect(self.add)
        plot.points.selected_changed.connect(self.select)
        plot.point_keys.nudged.connect(self.nudge)
        plot.point_keys.delete_requested.connect(self.delete)
        plot.point_keys.insert_requested.connect(self.add_in_the_middle)
        plot.points_menu.add_requested.connect(self.add)
        plot.points_menu.delete_requested.connect(self.delete)
        plot.points_menu.segment_left_requested.connect(self.add_segment_left)
        plot.points_menu.segment_right_requested.connect(self.add_segment_right)
        table.coordinate_edited.connect(self.set_coordinate)
        table.delete_requested.connect(self.delete)
        table.selected_changed.connect(self.select)
        table.refused.connect(self._window.status_line.warn)

    def _join_bar(self) -> None:
        bar = self._window.target_bar
        bar.segment_left_requested.connect(self.add_segment_left)
        bar.segment_right_requested.connect(self.add_segment_right)
        bar.delete_requested.connect(self._on_delete)
        bar.segments_requested.connect(self.turn_into)
        bar.points_requested.connect(self.turn_data_into_points)
        bar.refused.connect(self._window.status_line.warn)

    @property
    def is_on(self) -> bool:
        return self._action.isChecked()

    def leave(self) -> None:
        self._action.setChecked(False)

    def _on_toggled(self, on: bool) -> None:
        window = self._window
        window.target_panel.show_editing(on)
        window.plot.edit_target(on)
        self._show()
        if on:
            window.bars.open(window.target_bar)
            window.plot.setFocus()
        else:
            window.target_bar.hide()

    def _on_opened(self) -> None:
        self.leave()
        self.select(None)
        self._show()

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        if new.target is old.target:
            return
        self._show()
        if self.is_on:
            # The view stays where the hand works, unless what has changed cannot be seen there.
            self._window.plot.keep_view()
            if not self._is_change_in_view(old.target, new.target):
                self._window.plot.fit_soon()

    def _is_change_in_view(self, old: Target, new: Target) -> bool:
        if not (isinstance(old, PointsTarget) and isinstance(new, PointsTarget)):
            return False
        (x_low, x_high), (y_low, y_high) = self._window.plot.view_range
        changed = changed_points(old, new)
        ends = {new.low, new.high} - {old.low, old.high}
        return all(x_low <= x <= x_high for x in (*ends, *changed[:, 0])) and all(
            y_low <= y <= y_high for y in changed[:, 1]
        )

    def _show(self) -> None:
        """Show the target's points wherever they can be edited."""
        target = self._document.state.target
        bar = self._window.target_bar
        if isinstance(target, PointsTarget):
            self._points.set_target(target)
            bar.show_points(len(target.points), self._points.selected)
        elif isinstance(target, DataTarget):
            self._points.set_target(None)
            segments = min(self._document.network.neurons, _MOST_PROPOSED)
            bar.show_data(target.label, len(target.rows[0]), segments)
        else:
            self._points.set_target(None)
            bar.show_function(target.label, min(self._document.network.neurons, _MOST_PROPOSED))
        self._table.select(self._points.selected)

    def select(self, point: int | None) -> None:
        """Choose a point, by its index from 0, everywhere it is shown."""
        self._points.select(point)
        self._show()
        if self._points.held is None:
            self._reveal()

    def _reveal(self) -> None:
        """Move the view to the selected point where that is outside, as when a key or the table has chosen it."""
        target, selected = self._points.target, self._points.selected
        if self.is_on and target is not None and selected is not None:
            self._window.plot.reveal(*target.points[selected])

    def move(self, point: int, x: float, y: float) -> None:
        """A point was dragged towards (x, y)."""
        self._edit(f"move point {point + 1}", lambda target: with_moved_point(target, point, x, y))

    def nudge(self, point: int, x: float, y: float) -> None:
        """As `move`; one undo step together with the nudges of the same point just before."""
        target = self._document.state.target
        merge_id = new_merge_id()
        if self._nudged is not None and self._nudged[0] == point and self._nudged[1] is target:
            merge_id = self._nudged[2]
        if self._edit(f"nudge point {point + 1}", lambda target: with_moved_point(target, point, x, y), merge_id):
            self._nudged = point, self._document.state.target, merge_id
            self._reveal()

    def set_coordinate(self, point: int, axis: str, value: float) -> None:
        """A coordinate was typed."""
        target = self._document.state.target
        if not isinstance(target, PointsTarget) or point >= len(target.points):
            return
        x, y = (value, target.points[point][1]) if axis == "x" else (target.points[point][0], value)
        kept = f"; kept {short_text(target.points[point][0 if axis == 'x' else 1])}"
        text = f"point {point + 1} to ({short_text(x)}, {short_text(y)})"
        self._edit(text, lambda target: with_coordinates(target, point, x, y), kept=kept)

    def add(self, x: float, y: float) -> None:
        """A new point at (x, y), which is then the selected one."""
        added = -1

        def edited(target: PointsTarget) -> PointsTarget:
            nonlocal added
            changed, added = with_point(target, x, y)
            return changed

        if self._edit("add point", edited):
            self.select(added)

    def add_in_the_middle(self) -> None:
        """A new point in the middle of the segment right of the selected point, else of the widest one."""
        target = self._document.state.target
        if isinstance(target, PointsTarget):
            self.add(*middle_of_segment(target, self._points.selected))

    def delete(self, point: int) -> None:
        self._edit(f"delete point {point + 1}", lambda target: without_point(target, point))

    def _on_delete(self) -> None:
        if self._points.selected is not None:
            self.delete(self._points.selected)

    def add_segment_left(self) -> None:
        if self._edit("segment left", with_segment_left):
            self.select(0)

    def add_segment_right(self) -> None:
        if self._edit("segment right", with_segment_right):
            self._select_last()

    def _select_last(self) -> None:
        target = self._points.target
        if target is not None:
            self.select(len(target.points) - 1)

    def turn_into(self, segments: int) -> None:
        """Replace a smooth target by that many straight segments."""
        try:
            target = as_points(self._document.state.target, segments)
        except ValueError as error:
            self._window.status_line.warn(f"Not turned into segments: {error}")
            return
        name = "1 segment" if segments == 1 else f"{count_text(segments)} segments"
        self._document.edit(f"turn into {name}", target=target)

    def turn_data_into_points(self) -> None:
        """Replace data by points at their rows."""
        target = self._document.state.target
        if not isinstance(target, DataTarget):
            return
        try:
            points = as_points(target)
        except ValueError as error:
            self._window.status_line.warn(f"Not turned into points: {error}")
            return
        self._document.edit("turn data into points", target=points)

    def _edit(
        self, text: str, edited: Callable[[PointsTarget], PointsTarget], merge_id: int = NEVER, kept: str = ""
    ) -> bool:
        """Make an edit, an undo step called `text`; where core refuses say why, and show what holds. False then."""
        target = self._document.state.target
        if not isinstance(target, PointsTarget):
            return False
        try:
            changed = edited(target)
        except (ValueError, IndexError) as error:
            self._window.status_line.warn(f"{str(error)[:1].upper()}{str(error)[1:]}{kept}")
            self._window.plot.set_target(target.polyline(), target.label)
            self._window.plot.keep_view()
            self._show()
            return False
        if changed == target:
            return False
        self._document.edit(text, merge_id=merge_id, target=changed)
        return True
