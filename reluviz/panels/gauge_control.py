"""The gauge of the selected neuron: v and w are exchanged at constant w·v, and nothing on the plot moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from reluviz.panels.controls import SmallButton
from reluviz.panels.factor_slider import FactorSlider
from reluviz.panels.section import SPACING
from reluviz.panels.short_label import ShortLabel

_TIP = (
    "v times c, w divided by c: the ray stays as it is, and training feels the difference.\n"
    "b goes with v, so that the kink stays. Drag the handle, or use the arrow keys; c is from 1/16 to 16."
)
_EMPTY = "Select a neuron to exchange its v and w."
_WIDEST = "v = −0.000, w = −0.000 → v = −0.000, w = −0.000; w·v = −0.000"
# Two, and one that a narrow panel breaks.
_LINES = 3
_LEAST_SLIDER = 60


class GaugeControl(QWidget):
    """A slider for the factor c, a button that makes v ±1, and what they do in numbers. `show_…` is silent.

    The slider's signals are `started`, `factor_moved`, `finished` and `cancelled`.
    """

    started = Signal()
    factor_moved = Signal(float)
    finished = Signal()
    cancelled = Signal()
    normalize_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = FactorSlider()
        self.slider.setMinimumWidth(_LEAST_SLIDER)
        self.slider.setAccessibleName("Factor that exchanges v and w")
        self.normalize = SmallButton("v = ±1")
        self.normalize.setAccessibleName("Make v 1 or −1")
        self.normalize.setToolTip("Exchange v and w so that v is 1, or −1: w is the ray's slope then")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # Numbers that grow must not move the panel.
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        title = ShortLabel("Exchange v, w", "v, w")
        for part in (title, self.slider, self._text):
            part.setToolTip(_TIP)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(title)
        row.addWidget(self.slider, 1)
        row.addWidget(self.normalize)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING // 2)
        layout.addLayout(row)
        layout.addWidget(self._text)
        self.slider.started.connect(self.started)
        self.slider.moved.connect(self.factor_moved)
        self.slider.finished.connect(self.finished)
        self.slider.cancelled.connect(self.cancelled)
        self.normalize.clicked.connect(self.normalize_requested)
        self._fit_text()
        self.show_empty()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_empty(self) -> None:
        """No neuron is selected."""
        self._show(_EMPTY, False)

    def show_refusal(self, reason: str) -> None:
        """The selected neuron's v and w cannot be exchanged, because `reason`."""
        self._show(f"v and w cannot be exchanged: {reason}", False)

    def show_text(self, text: str) -> None:
        """The selected neuron's v and w as they are, or how they are changing."""
        self._show(text, True)

    def _show(self, text: str, possible: bool) -> None:
        if text != self._text.text():
            self._text.setText(text)
        if not possible:
            self.slider.let_go()
        self.slider.setEnabled(possible)
        self.normalize.setEnabled(possible)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_text()

    def _fit_text(self) -> None:
        """Room for three lines, or as many as the widest text has: numbers that grow do not move the panel."""
        metrics, room = self._text.fontMetrics(), QRect(0, 0, max(1, self.width()), 10_000)
        needed = (metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() for text in (_EMPTY, _WIDEST))
        self._text.setFixedHeight(max(_LINES * metrics.lineSpacing(), *needed) + 2)
