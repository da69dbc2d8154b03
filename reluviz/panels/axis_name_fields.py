"""The fields for the names of the axes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reluviz.core.axis_names import MAX_NAME, AxisNames, axis_name
from reluviz.panels.field_grid import FieldGrid
from reluviz.panels.text_line import TextLine

_UNNAMED = "no name"


class AxisNameFields(QObject):
    """Two optional names, as with units. `show_names` is silent; `edited` is the user's doing."""

    edited = Signal(object)
    """The AxisNames that the user wants."""

    def __init__(self, fields: FieldGrid, parent: QWidget) -> None:
        """Adds its rows to `fields`, a layout of `parent`."""
        super().__init__(parent)
        self._names = AxisNames()
        self.x_line = self._line("x axis")
        self.y_line = self._line("y axis")
        for label, line, example in (
            ("x axis", self.x_line, "time in s"),
            ("y axis", self.y_line, "temperature in °C"),
        ):
            fields.add_field(label, line, f"What stands at the {label}, as “{example}”; nothing where this is empty")

    def show_names(self, names: AxisNames) -> None:
        """Shows `names`. While the user is typing the text stays."""
        self._names = names
        for line, name in ((self.x_line, names.x), (self.y_line, names.y)):
            if not line.isModified() and line.text() != name:
                line.setText(name)
                line.setCursorPosition(0)

    def _line(self, name: str) -> TextLine:
        line = TextLine()
        line.setAccessibleName(name)
        line.setPlaceholderText(_UNNAMED)
        line.setMaxLength(MAX_NAME)
        line.setMinimumWidth(0)
        line.committed.connect(self._on_done)
        line.left.connect(self._on_done)
        line.abandoned.connect(self._restore)
        return line

    def _on_done(self) -> None:
        names = AxisNames(axis_name(self.x_line.text()), axis_name(self.y_line.text()))
        if names != self._names:
            self._end_typing()
            self.edited.emit(names)
        else:
            self._restore()

    def _restore(self) -> None:
        self._end_typing()
        self.show_names(self._names)

    def _end_typing(self) -> None:
        for line in (self.x_line, self.y_line):
            line.setModified(False)
