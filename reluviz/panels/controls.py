"""Buttons, check boxes and choices that leave the keyboard to the window unless they were reached by keyboard.

A click does not take the focus, so Space stays the window's play/pause key; after Tab, Space works
the control as usual.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget


def _claims_space(event: QEvent) -> bool:
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Space
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
    )


class Button(QPushButton):
    """A push button."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)

    def event(self, event: QEvent) -> bool:
        if _claims_space(event):
            event.accept()
            return True
        return super().event(event)


class SmallButton(Button):
    """A push button as narrow as its text, where the style would make it wider."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        width = self.fontMetrics().horizontalAdvance(self.text()) + hint.height() * 3 // 4
        if not self.icon().isNull() and not self.text():
            width = max(width, self.iconSize().width() + 4)
        hint.setWidth(width)
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Check(QCheckBox):
    """A check box. `clicked` is the user's doing, `setChecked` is silent as far as that goes."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def event(self, event: QEvent) -> bool:
        if _claims_space(event):
            event.accept()
            return True
        return super().event(event)


class Choice(QComboBox):
    """A combo box of values shown by their labels. `chosen` carries the value the user chose."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Long labels must not widen the panel.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._values: list[object] = []
        self.activated.connect(self._activate)

    def offer(self, label: str, value: object, tip: str = "") -> None:
        """Adds an entry at the end, with a tip of its own in the list."""
        self._values.append(value)
        self.addItem(label)
        if tip:
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def allow(self, value: object, allowed: bool, tip: str = "") -> None:
        """Whether an entry can be chosen; `tip` says why not, in the list. Raises ValueError where there is none."""
        at = self.model().index(self.index_of(value), 0)
        # Qt's way to have an entry of a combo box enabled or not.
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        self.model().setData(at, flags if allowed else Qt.ItemFlag.NoItemFlags, Qt.ItemDataRole.UserRole - 1)
        self.setItemData(at.row(), tip or None, Qt.ItemDataRole.ToolTipRole)

    def allows(self, value: object) -> bool:
        """Whether an entry can be chosen. Raises ValueError where there is none."""
        return bool(self.model().flags(self.model().index(self.index_of(value), 0)) & Qt.ItemFlag.ItemIsEnabled)

    def offer_separator(self) -> None:
        """Adds a line at the end, which cannot be chosen."""
        self._values.append(None)
        self.insertSeparator(self.count())

    def index_of(self, value: object) -> int:
        """Where the entry of `value` is. Raises ValueError where there is none."""
        return self._values.index(value)

    def offers(self, value: object) -> bool:
        """Whether there is an entry of `value`."""
        return value in self._values

    def value_at(self, index: int) -> object:
        """The value of an entry."""
        return self._values[index]

    def withdraw_all(self) -> None:
        """Takes all entries away."""
        self._values.clear()
        self.clear()

    def show_value(self, value: object) -> None:
        """Shows the entry of `value`, silently. Raises ValueError where there is none."""
        self.setCurrentIndex(self._values.index(value))

    def _activate(self, index: int) -> None:
        self.chosen.emit(self._values[index])

    def event(self, event: QEvent) -> bool:
        if _claims_space(event):
            event.accept()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling past a panel must not change what it shows.
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
