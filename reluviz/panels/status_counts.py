"""How many neurons do what, above the table: each count filters it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reluviz.core.census import Census
from reluviz.core.network import Status
from reluviz.core.notation import count_text
from reluviz.panels.controls import SmallButton
from reluviz.panels.neuron_status import BADGES

# What is most is named first.
_ORDER = (
    Status.ACTIVE,
    Status.DEAD,
    Status.SATURATED,
    Status.OFF_DOMAIN,
    Status.CONSTANT,
    Status.DUPLICATE,
)
_WORDS = {status: words[0] for status, words in BADGES.items()} | {Status.OFF_DOMAIN: "off"}
_GAP = 3


class StatusCounts(QWidget):
    """A button for each status that a neuron has, in as many lines as they need. `filter_chosen` is the user's doing.

    The button of the status that is filtered by stays, pressed, also where it counts none any more.
    """

    filter_chosen = Signal(object)  # Status, or None for all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Neurons by status")
        self._filter: Status | None = None
        self._counts: dict[Status, int] = {}
        self._height = 0
        self.buttons: dict[Status, SmallButton] = {}
        for status in _ORDER:
            button = SmallButton(f"0 {_WORDS[status]}", self)
            button.setToolTip(f"Show only the neurons that are {BADGES[status][0]}")
            button.setCheckable(True)
            button.setFlat(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setObjectName(status.name)
            button.hide()
            button.clicked.connect(self._on_clicked)
            self.buttons[status] = button

    def show_counts(self, census: Census) -> None:
        """Shows how many neurons have each status."""
        if census.counts != self._counts:
            self._counts = census.counts
            self._dress()

    def set_filter(self, status: Status | None) -> None:
        """Shows which status the table is filtered by."""
        self._filter = status
        self._dress()

    def _dress(self) -> None:
        for status, button in self.buttons.items():
            count, chosen = self._counts.get(status, 0), status is self._filter
            text = f"{count_text(count)} {_WORDS[status]}"
            if text != button.text():
                button.setText(text)
            button.setChecked(chosen)
            word = BADGES[status][0]
            tip = "Show all neurons again" if chosen else f"Show only the neurons that are {word}"
            if tip != button.toolTip():
                button.setToolTip(tip)
            button.setVisible(count > 0 or chosen)
        self._place()

    def _on_clicked(self, checked: bool) -> None:
        status = Status[self.sender().objectName()]
        self.filter_chosen.emit(status if checked else None)

    def _place(self) -> None:
        """From left to right, and on the next line where a line is full."""
        x = y = 0
        height = 0
        for button in self.buttons.values():
            if button.isHidden():
                continue
            size = button.sizeHint()
            if x > 0 and x + size.width() > self.width():
                x, y = 0, y + size.height() + _GAP
            button.setGeometry(x, y, size.width(), size.height())
            x += size.width() + _GAP
            height = y + size.height()
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(120, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._height)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # The buttons have letters of another size.
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
