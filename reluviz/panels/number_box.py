"""The spin box behind the number edits: short at rest, all digits while editing, calm about bad input."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QStyle, QStyleOptionSpinBox, QWidget

from reluviz.panels.number_step import Step, step_factor
from reluviz.panels.undo_keys import is_undo

_NOTCH = 120  # what a mouse wheel turns by in one click
_ARROWS: dict[int, float] = {
    Qt.Key.Key_Up: 1.0,
    Qt.Key.Key_Down: -1.0,
    Qt.Key.Key_PageUp: 10.0,
    Qt.Key.Key_PageDown: -10.0,
}
# With Ctrl they lead through what is recorded, from wherever one is; to a number's ends lead Home and End.
_MOMENT_KEYS = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_STAYS_OPEN = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class NumberBox(QAbstractSpinBox):
    """What both spin boxes share. A subclass says how a value is read, written and stepped, and declares `edited`."""

    refused = Signal(str)

    def __init__(self, name: str, low: float, high: float, step: Step, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._name = name
        self._low = low
        self._high = high
        self._step = step
        self._value = min(max(0.0, low), high)
        self._turned = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self.lineEdit().setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lineEdit().setMaxLength(64)
        self._write()

    # What a subclass says.

    def _parsed(self, text: str) -> float:
        """The value `text` stands for. Raises ValueError saying what is wrong with it."""
        raise NotImplementedError

    def _short_text(self, value: float) -> str:
        raise NotImplementedError

    def _long_text(self, value: float) -> str:
        raise NotImplementedError

    def _widest_text(self) -> str:
        raise NotImplementedError

    def _tell(self, value: float) -> None:
        """Emits `edited`."""
        raise NotImplementedError

    def set_limits(self, low: float, high: float) -> None:
        """What can be entered from now on. The value shown stays as it is."""
        self._low, self._high = low, high

    def _set(self, value: float) -> None:
        self._value = value
        if not self._is_in_hand():
            self._write()

    def _is_in_hand(self) -> bool:
        """Whether the user is at work on the text: has typed, or has put the cursor somewhere in it."""
        line = self.lineEdit()
        return line.isModified() or (self.hasFocus() and line.selectedText() != line.text())

    def _write(self) -> None:
        line = self.lineEdit()
        text = self._long_text(self._value) if self.hasFocus() else self._short_text(self._value)
        if text != line.text():
            was_selected = line.hasSelectedText()
            line.setText(text)
            line.setCursorPosition(0)  # in a narrow field the leading digits are the ones to see
            if was_selected:
                line.selectAll()
        line.setModified(False)

    def commit(self) -> None:
        """Takes what has been typed, if anything: `edited` where it is a new value, `refused` where it is none."""
        line = self.lineEdit()
        if line.isModified():
            line.setModified(False)
            try:
                self._accept(self._parsed(line.text()))
            except ValueError as error:
                self.refused.emit(f"{self._name}: {error}; kept {self._short_text(self._value)}")
        self._write()

    def _accept(self, value: float) -> None:
        if value != self._value:
            self._value = value
            self._write()
            self._tell(value)

    def revert(self) -> None:
        """Drops what has been typed. The text is marked where the next key would replace it, and only there."""
        self.lineEdit().setModified(False)
        self._write()
        if self.hasFocus():
            self.selectAll()
        else:
            self.lineEdit().deselect()

    def stepBy(self, steps: int) -> None:
        # Qt itself turns Ctrl into ten steps here.
        fine = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self._step_by(steps * 0.1 if fine else float(steps))

    def _step_by(self, steps: float) -> None:
        if self.isReadOnly():
            return
        self.commit()
        self._accept(min(max(self._step(self._value, steps), self._low), self._high))
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        enabled = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self._value < self._high:
            enabled |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self._value > self._low:
            enabled |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return enabled

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        # Anything can be typed and pasted; what is no number is refused in words, by commit().
        return QValidator.State.Acceptable, text, position

    # Events.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_windows(event):
            event.ignore()
            return False
        if is_undo(event) and not self.lineEdit().isModified():
            # What was entered is the window's to undo; the text's own memory of it would show what does not hold.
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _ARROWS:
            self._step_by(_ARROWS[key] * step_factor(event.modifiers()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.selectAll()
        elif key == Qt.Key.Key_Escape and self._is_in_hand():
            self.revert()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        # Some platforms turn the wheel sideways while Shift or Alt is held.
        self._turned += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        if notches:
            self._step_by(notches * step_factor(event.modifiers()))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.lineEdit().isModified():
            self._write()
            if event.reason() not in (Qt.FocusReason.MouseFocusReason, *_STAYS_OPEN):
                self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS_OPEN:
            self.commit()
            self.lineEdit().deselect()
        elif not self.lineEdit().isModified():
            self._write()

    # Size: that of the widest value, whatever is shown, so that nothing around it ever moves.

    def sizeHint(self) -> QSize:
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        self.ensurePolished()
        contents = QSize(
            self.fontMetrics().horizontalAdvance(self._widest_text()) + 4, self.lineEdit().sizeHint().height()
        )
        return self.style().sizeFromContents(QStyle.ContentsType.CT_SpinBox, option, contents, self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _is_windows(event: QKeyEvent) -> bool:
    """Whether a key means nothing to a number, and so stays free for the window's shortcut."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    leads_through_time = event.key() in _MOMENT_KEYS and modifiers == Qt.KeyboardModifier.ControlModifier
    return event.key() == Qt.Key.Key_Space or leads_through_time
