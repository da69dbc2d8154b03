"""The training speed, from one step a second to as fast as it goes, on a logarithmic slider."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from reluviz.core.notation import count_text
from reluviz.panels.readout import SteadyLabel
from reluviz.panels.section import SPACING

# Steps per second; None is as fast as it goes.
SPEEDS: tuple[float | None, ...] = (
    *(float(digit * 10**power) for power in range(6) for digit in (1, 2, 5)),
    1e6,
    None,
)


def speed_text(speed: float | None) -> str:
    """100/s, or max."""
    return "max" if speed is None else f"{count_text(speed)}/s"


class SpeedSlider(QWidget):
    """A slider over SPEEDS with its value beside it. `set_speed` is silent."""

    speed_changed = Signal(object)  # float, or None for as fast as it goes

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(SPEEDS) - 1)
        self.slider.setPageStep(3)
        self.slider.setMinimumWidth(90)
        self.slider.setMaximumWidth(260)
        self.slider.setAccessibleName("Speed")
        self._text = SteadyLabel(speed_text(1e6))
        label = QLabel("Spee&d")
        label.setBuddy(self.slider)
        tip = "Training speed in steps per second, from one to as fast as it goes (max)"
        for part in (label, self.slider, self._text):
            part.setToolTip(tip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(label)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self._text)
        layout.addStretch()
        self.slider.valueChanged.connect(self._tell)
        self.set_speed(None)

    def speed(self) -> float | None:
        """Steps per second, None for as fast as it goes."""
        return SPEEDS[self.slider.value()]

    def set_speed(self, speed: float | None) -> None:
        """Puts the slider where `speed` is, or nearest to it, silently."""
        position = len(SPEEDS) - 1
        if speed is not None:
            finite = [known for known in SPEEDS if known is not None]
            distances = [abs(math.log(max(speed, 1e-9) / known)) for known in finite]
            position = distances.index(min(distances))
        self.slider.blockSignals(True)
        self.slider.setValue(position)
        self.slider.blockSignals(False)
        self._text.setText(speed_text(speed))

    def shift(self, positions: int) -> None:
        """The user's wish for a higher or lower speed."""
        self.slider.setValue(self.slider.value() + positions)

    def _tell(self) -> None:
        self._text.setText(speed_text(self.speed()))
        self.speed_changed.emit(self.speed())
