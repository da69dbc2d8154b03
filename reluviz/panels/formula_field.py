"""The field for a formula in x: what is typed is told at once, and taken over with Enter or on leaving."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from reluviz.core.formula import MAX_LENGTH, FormulaError
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.notation import count_text
from reluviz.core.target import FUNCTIONS, FunctionTarget, Target
from reluviz.panels.controls import SmallButton
from reluviz.panels.formula_entries import grouped_entries
from reluviz.panels.formula_line import FormulaLine
from reluviz.panels.section import SPACING

PLACEHOLDER = "2*sin(x) + 5"
_TIP = "Any formula in x; Tab completes a name, Enter takes it over"
# So many samples are looked at one by one, of more as many places are.
_MOST_COUNTED = 16_384
_PREVIEW_MILLISECONDS = 30
# A problem is said when the hand rests: most of what is half typed is wrong for a moment.
_PROBLEM_MILLISECONDS = 500
_LINES = 2


class FormulaField(QWidget):
    """A formula, what is wrong with it, and how many samples it has no value at. `show_target` is silent."""

    previewed = Signal(object)
    """The FormulaTarget that is being typed, None where that is none or nothing is being typed any more."""
    entered = Signal(object)
    """The FormulaTarget that the user wants."""
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target: Target = FunctionTarget("sine")
        self._samples = 0
        self._wanted: FormulaTarget | None = None
        self._is_previewing = False
        self.line = FormulaLine()
        self.line.setAccessibleName("Formula")
        self.line.setPlaceholderText(PLACEHOLDER)
        # One more than is allowed: what is pasted is refused in words, not cut off in silence.
        self.line.setMaxLength(MAX_LENGTH + 1)
        self.line.setMinimumWidth(0)
        self.help = SmallButton("?")
        self.help.setAccessibleName("Functions of formulas")
        self.help.setToolTip("What a formula can use; an entry is put in at the cursor")
        self.problem = _small_label("problem")
        self.note = _small_label("caption")
        self.menu = self._function_menu()
        self._lay_out()
        self._preview_soon = self._timer(_PREVIEW_MILLISECONDS, self._preview)
        self._problem_soon = self._timer(_PROBLEM_MILLISECONDS, self._show_problem)
        self.line.textEdited.connect(self._on_edited)
        self.line.completion.completed.connect(self._on_put_in)
        self.line.committed.connect(self._on_committed)
        self.line.left.connect(self._on_left)
        self.line.abandoned.connect(self.restore)
        self.help.clicked.connect(self._open_menu)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.line, 1)
        row.addWidget(self.help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.problem)
        column.addWidget(self.note)

    def _timer(self, milliseconds: int, timed_out: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(timed_out)
        return timer

    def show_target(self, target: Target, samples: int) -> None:
        """Shows how `target` is typed, of which `samples` are taken. While the user is typing the text stays."""
        is_same = target is self._target and samples == self._samples
        self._target, self._samples = target, samples
        if self.line.isModified():
            self._on_edited()
        elif not is_same or self.line.text() != typed_text(target):
            self._write()

    def type_anew(self) -> None:
        """The whole formula is about to be typed over."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def restore(self) -> None:
        """Drops what has been typed."""
        self._write()
        self.line.selectAll()

    def _write(self) -> None:
        """Shows the target's text, from its beginning."""
        text = typed_text(self._target)
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.line.setToolTip(text if len(text) > len(PLACEHOLDER) else _TIP)
        self._end_typing()
        self._say("", None)
        self._say_undefined(self._target if isinstance(self._target, FormulaTarget) else None)

    def _end_typing(self) -> None:
        self.line.setModified(False)
        self.line.completion.close()
        self._preview_soon.stop()
        self._problem_soon.stop()
        if self._is_previewing:
            self._is_previewing = False
            self.previewed.emit(None)

    def _on_edited(self) -> None:
        self._preview_soon.start()
        self._problem_soon.start()
        self.line.show_mark(None, self._mark_colour())
        self._make_room()

    def _preview(self) -> None:
        try:
            wanted: FormulaTarget | None = self._typed_target()
        except ValueError:
            wanted = None
        else:
            self._say("", None)
        self._is_previewing = True
        self._say_undefined(wanted)
        self.previewed.emit(wanted)

    def _show_problem(self) -> None:
        if self.line.completion.is_open:
            # A name that can still become one is no problem yet.
            self._problem_soon.start()
            return
        try:
            if self.line.text().strip():
                self._typed_target()
        except ValueError as error:
            self._say(str(error), error.column if isinstance(error, FormulaError) else None)

    def _typed_target(self) -> FormulaTarget:
        return FormulaTarget(self.line.text(), self._target.low, self._target.high)

    def _on_committed(self) -> None:
        """Enter: a formula is taken over and the keys are the window's again, anything else stays to be mended."""
        if not self.line.isModified():
            self.line.clearFocus()
        elif not self.line.text().strip():
            self.restore()
        elif self._commit():
            self.line.clearFocus()
        else:
            self._show_problem()

    def _on_left(self) -> None:
        if not self.line.isModified():
            return
        text = self.line.text()
        if not text.strip():
            self._write()
        elif not self._commit():
            problem = self._problem_of(text)
            self._write()
            self.refused.emit(f"formula not taken over: {problem}")

    def _commit(self) -> bool:
        """Takes over what is typed. Whether that is a formula."""
        try:
            wanted = self._typed_target()
        except ValueError:
            return False
        self._end_typing()
        self._say("", None)
        if wanted.text != typed_text(self._target):
            self.entered.emit(wanted)
        self._write()
        return True

    def _problem_of(self, text: str) -> str:
        try:
            self._typed_target()
        except FormulaError as error:
            return f"{error} (column {error.column + 1})"
        except ValueError as error:
            return str(error)
        raise AssertionError(f"{text!r} is a formula")

    def _say(self, problem: str, column: int | None) -> None:
        self.problem.setText(problem)
        self.line.show_mark(column, self._mark_colour())
        self._make_room()

    def _mark_colour(self) -> QColor:
        return self.problem.palette().color(self.problem.foregroundRole())

    def _make_room(self) -> None:
        """While something is typed there is always room below, so that what is said moves nothing."""
        is_typing = self.line.isModified()
        for label in (self.problem, self.note):
            label.setMinimumHeight(_LINES * label.fontMetrics().lineSpacing() if is_typing else 0)
        self.problem.setVisible(bool(self.problem.text()) or (is_typing and not self.note.text()))
        self.note.setVisible(bool(self.note.text()))

    def _say_undefined(self, target: FormulaTarget | None) -> None:
        text = "" if target is None else undefined_text(target, self._samples)
        self.note.setText(text)
        self._make_room()

    def _function_menu(self) -> QMenu:
        menu = QMenu(self)
        for title, entries in grouped_entries().items():
            group = menu.addMenu(title)
            for entry in entries:
                group.addAction(entry.text).setData(entry.typed)
        menu.triggered.connect(self._insert)
        return menu

    def _open_menu(self) -> None:
        self.menu.popup(self.help.mapToGlobal(QPoint(0, self.help.height())))

    def _insert(self, action: QAction) -> None:
        text = action.data()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.insert(text)
        if text.endswith("()"):
            self.line.cursorBackward(False)
        self._on_put_in()

    def _on_put_in(self) -> None:
        """Names are put in by the program, at the user's word."""
        self.line.setModified(True)
        self._on_edited()


def typed_text(target: Target) -> str:
    """How a user would type `target`; "" for what is no formula."""
    if isinstance(target, FunctionTarget):
        return FUNCTIONS[target.name].typed
    return target.text if isinstance(target, FormulaTarget) else ""


def undefined_text(target: FormulaTarget, samples: int) -> str:
    """At how many of the samples the formula has no value; "" for none."""
    looked_at = min(samples, _MOST_COUNTED)
    missing = int(np.count_nonzero(np.isnan(target(np.linspace(target.low, target.high, looked_at)))))
    if missing == 0:
        return ""
    if looked_at == samples:
        return f"undefined for {count_text(missing)} of {count_text(samples)} samples: left out"
    share = 100.0 * missing / looked_at
    return f"undefined for about {max(share, 0.1):.2g} % of {count_text(samples)} samples: left out"


def _small_label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setVisible(False)
    return label
