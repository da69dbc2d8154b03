"""How much of a table is read, and which rows are left out and why."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from reluviz.core.notation import count_text
from reluviz.core.table import Table

_LINES = 5


class TableSummary(QPlainTextEdit):
    """Text to read, to copy, and to scroll where more rows are left out than it has lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What is read and what is left out")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0.0)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def text(self) -> str:
        return self.toPlainText()

    def show_table(self, table: Table) -> None:
        """So many rows, and the lines that are left out with the reasons, as far as these are known."""
        lines = [f"{count_text(len(table.x))} row{'s' if len(table.x) != 1 else ''}"]
        if table.rejected:
            lines[0] += f", {count_text(table.rejected)} left out:"
            lines += [f"line {count_text(r.line)}: {r.reason}" for r in table.rejections]
            untold = table.rejected - len(table.rejections)
            lines += [f"and {count_text(untold)} more"] if untold else []
        self.setPlainText("\n".join(lines))

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(super().sizeHint().width(), _LINES * self.fontMetrics().lineSpacing() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
