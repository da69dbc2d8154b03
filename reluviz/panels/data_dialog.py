"""The dialog in which a table becomes data: how it was understood, to be put right, and what will be left out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reluviz.core.table import BLANKS, DELIMITERS, Table, TableFormat, TablePreview
from reluviz.panels.controls import Choice
from reluviz.panels.number_edit import CountEdit
from reluviz.panels.table_preview import TablePreviewView
from reluviz.panels.table_summary import TableSummary

_DELIMITER_NAMES = {"\t": "tab", ";": "semicolon ;", ",": "comma ,", "|": "bar |", BLANKS: "blanks"}
_DECIMAL_NAMES = {".": "point 1.5", ",": "comma 1,5"}
_MOST_HEADER_LINES = 1000
_NAME_WIDTH = 480
_WIDTH = 680
# What is read sooner needs no progress.
_PATIENCE_MILLISECONDS = 250


class DataDialog(QDialog):
    """Shows a table on its way in; `accepted` when the user takes it as it is read, `rejected` when not at all."""

    signs_edited = Signal(str, str)
    """The delimiter and the decimal sign that the user wants: all else is to be guessed anew."""
    form_edited = Signal(object)
    """The TableFormat that the user wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import data")
        self._form = TableFormat()
        self.name = _plain_label()
        self.name.setObjectName("heading")
        self.delimiter, self.decimal = Choice("Delimiter"), Choice("Decimals")
        for mark in DELIMITERS:
            self.delimiter.offer(_DELIMITER_NAMES[mark], mark)
        for mark, label in _DECIMAL_NAMES.items():
            self.decimal.offer(label, mark)
        self.header = CountEdit("header lines", 0, _MOST_HEADER_LINES)
        self.x_choice, self.y_choice = Choice("Column of x"), Choice("Column of y")
        self.preview = TablePreviewView()
        self.summary = TableSummary()
        self.problem = _plain_label()
        self.problem.setObjectName("problem")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Reading")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("&Import")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MILLISECONDS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        fields: tuple[tuple[str, QWidget, str], ...] = (
            ("&Delimiter", self.delimiter, "What stands between two cells of a row"),
            ("De&cimals", self.decimal, "What stands before the decimals of a number"),
            ("&Header lines", self.header, "How many lines come before the numbers; the last one names the columns"),
            ("&x", self.x_choice, "The column of the inputs"),
            ("&y", self.y_choice, "The column of what the network is to learn"),
        )
        for i, (label, field, tip) in enumerate(fields):
            text = QLabel(label)
            text.setBuddy(field)
            row, column = (0, 2 * i) if i < 3 else (1, 2 * (i - 3))
            grid.addWidget(text, row, column)
            # Names of columns need the room that is left.
            grid.addWidget(field, row, column + 1, 1, 3 if field is self.y_choice else 1)
            grid.setColumnStretch(column + 1, 1)
            for part in (text, field):
                part.setToolTip(tip)
        self._below = QStackedWidget()
        # As high as the summary, so that what is said moves nothing.
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for widget in (self.summary, self.problem, self.progress):
            self._below.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.addWidget(self.name)
        layout.addLayout(grid)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self._below)
        layout.addWidget(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        # Letters have their size only now.
        self.preview.reserve_rows()
        wanted = self.sizeHint().expandedTo(self.size())
        self.resize(max(_WIDTH, self.width()), wanted.height())
        super().showEvent(event)

    def _connect(self) -> None:
        self.delimiter.chosen.connect(self._on_signs)
        self.decimal.chosen.connect(self._on_signs)
        self.header.edited.connect(self._on_header)
        self.x_choice.chosen.connect(self._on_x)
        self.y_choice.chosen.connect(self._on_y)
        self._patience.timeout.connect(self._show_progress)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def begin(self, name: str) -> None:
        """A table called `name` is on its way; there is nothing yet to set about it."""
        self.name.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH))
        self.preview.show_nothing()
        self._enable(False)
        self.summary.clear()
        self._settle(self.summary)
        self.show_reading()

    def show_form(self, form: TableFormat, preview: TablePreview) -> None:
        """How the table is understood, and how it begins then."""
        self._form = form
        for choice, mark in ((self.delimiter, form.delimiter), (self.decimal, form.decimal)):
            if not choice.offers(mark):
                choice.offer(f"“{mark}”", mark)
            choice.show_value(mark)
        self.header.set_value(form.header_lines)
        for choice, column in ((self.x_choice, form.x_column), (self.y_choice, form.y_column)):
            choice.withdraw_all()
            for i, name in enumerate(preview.names):
                choice.offer(name, i)
            choice.show_value(column)
        self.preview.show_preview(preview, form)
        self._enable(True)

    def show_reading(self, part: float = 0.0) -> None:
        """So much of the table is read; shown where that takes its time."""
        self.progress.setValue(round(100 * part))
        self.ok.setEnabled(False)
        if self._below.currentWidget() is not self.progress and not self._patience.isActive():
            self._patience.start()

    def show_table(self, table: Table) -> None:
        """The table is read: so many rows, and why others are left out."""
        self.summary.show_table(table)
        self.preview.show_left_out(table.rejections)
        self._settle(self.summary)
        self.ok.setEnabled(True)
        self.ok.setDefault(True)

    def show_problem(self, problem: str) -> None:
        """Why the table cannot be taken like this."""
        self.problem.setText(f"{problem[:1].upper()}{problem[1:]}")
        self._settle(self.problem)
        self.ok.setEnabled(False)

    def _enable(self, enabled: bool) -> None:
        for field in (self.delimiter, self.decimal, self.header, self.x_choice, self.y_choice):
            field.setEnabled(enabled)

    def _settle(self, shown: QWidget) -> None:
        self._patience.stop()
        self._below.setCurrentWidget(shown)

    def _show_progress(self) -> None:
        self._below.setCurrentWidget(self.progress)

    def accept(self) -> None:
        # Enter in a field means the field.
        if self.ok.isEnabled():
            super().accept()

    def _on_signs(self) -> None:
        self.signs_edited.emit(
            self.delimiter.value_at(self.delimiter.currentIndex()), self.decimal.value_at(self.decimal.currentIndex())
        )

    def _on_header(self, lines: int) -> None:
        self.form_edited.emit(replace(self._form, header_lines=lines))

    def _on_x(self, column: int) -> None:
        # The same column twice is never meant: the other one gives way.
        y = self._form.x_column if column == self._form.y_column else self._form.y_column
        self.form_edited.emit(replace(self._form, x_column=column, y_column=y))

    def _on_y(self, column: int) -> None:
        x = self._form.y_column if column == self._form.x_column else self._form.x_column
        self.form_edited.emit(replace(self._form, x_column=x, y_column=column))


def _plain_label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return label
