"""The transport bar: reset, play, single steps, speed, and how far training has come."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reluviz.core.notation import count_text, rate_text, value_text
from reluviz.panels.controls import Button, SmallButton
from reluviz.panels.readout import Readout
from reluviz.panels.section import MARGIN, SPACING
from reluviz.panels.speed_slider import SpeedSlider
from reluviz.panels.transport_keys import PLAY_KEY, RESET_KEY, STEP_KEYS, with_key

_STEP_BUTTONS = tuple(STEP_KEYS)


class TransportBar(QWidget):
    """Controls and readouts of a training run. `set_…` and `show_…` are silent; the signals are the user's doing."""

    play_toggled = Signal(bool)  # True: play
    steps_requested = Signal(int)
    reset_requested = Signal()
    speed_changed = Signal(object)  # float steps per second, or None for as fast as it goes

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = self._is_waiting = False
        self._exact_below = 0.0
        self._loss_tip = "Loss over all training samples"
        self._play_icon = QIcon()
        self._pause_icon = QIcon()
        self.reset = Button()
        self.reset.setAccessibleName("Reset")
        self.reset.setToolTip(with_key("Back to step 0 with the same initialization", RESET_KEY))
        self.play = Button()
        self.play.setMinimumWidth(72)
        self.steppers = [SmallButton(f"+{steps}") for steps in _STEP_BUTTONS]
        for stepper, steps in zip(self.steppers, _STEP_BUTTONS, strict=True):
            tip = "Take one step" if steps == 1 else f"Take {steps} steps"
            stepper.setToolTip(with_key(tip, STEP_KEYS[steps]))
            stepper.setAccessibleName(tip)
            stepper.clicked.connect(self._step)
        self.speed = SpeedSlider()
        self.step = Readout("step", "00\u2009000\u2009000\u2009000", "Training steps taken since the start")
        self.epoch = Readout("epoch", "0\u2009000\u2009000", "How often training has seen as many samples as there are")
        self.loss = Readout("J", "0.000·10⁻⁰⁰⁰", self._loss_tip)
        self.validation_loss = Readout(
            "validation J", "0.000·10⁻⁰⁰⁰", "The same loss over the samples that training does not see"
        )
        self.validation_loss.hide()
        self.rate = Readout("steps/s", "0.00 M", "Steps per second of late")
        self.fps = Readout("fps", "000", "Frames shown per second")
        self.state = Readout("state", "preparing…", "What training is doing")
        self.state.align_left()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        for control in (self.reset, self.play, *self.steppers):
            layout.addWidget(control)
        layout.addSpacing(MARGIN)
        layout.addWidget(self.speed, 3)
        layout.addSpacing(MARGIN)
        layout.addStretch(1)
        for readout in (self.step, self.epoch, self.loss, self.validation_loss, self.rate, self.fps, self.state):
            layout.addWidget(readout)
        self.reset.clicked.connect(self._reset)
        self.play.clicked.connect(self._toggle)
        self.speed.speed_changed.connect(self.speed_changed)
        self._dress_play()
        self.show_progress(0, 0.0, float("nan"), 0.0, False)
        self.show_fps(0.0)

    def show_progress(
        self,
        step: int,
        epoch: float,
        loss: float,
        steps_per_second: float,
        running: bool,
        *,
        validation_loss: float | None = None,
        state: str = "",
        waiting: bool = False,
    ) -> None:
        """Shows how far training is. `state` is one or two words; without it: training or paused. While it is
        `waiting`, training is running but has still to begin.
        """
        self.step.set_text(count_text(step))
        self.epoch.set_text(count_text(epoch) if epoch >= 1000 else f"{epoch:.1f}")
        self._show_loss(loss)
        self._show_validation(validation_loss)
        self.rate.set_text(rate_text(steps_per_second) if running else "–")
        self.state.set_text(state or ("training" if running else "paused"))
        if (running, waiting) != (self._is_running, self._is_waiting):
            self._is_running, self._is_waiting = running, waiting
            self._dress_play()

    def _show_loss(self, loss: float) -> None:
        """J, or that it is as good as 0: which number rounding leaves of it says the tooltip."""
        is_rounding = 0.0 < loss < self._exact_below
        self.loss.set_text("≈ 0" if is_rounding else value_text(loss))
        tip = (
            f"{self._loss_tip}\nNow {value_text(loss)}: rounding is all that is left" if is_rounding else self._loss_tip
        )
        if tip != self.loss.toolTip():
            self.loss.setToolTip(tip)

    def set_exact_below(self, loss: float) -> None:
        """A J smaller than this is rounding."""
        self._exact_below = loss

    def _show_validation(self, loss: float | None) -> None:
        if loss is not None:
            self.validation_loss.set_text(value_text(loss))
        if self.validation_loss.isHidden() != (loss is None):
            self.validation_loss.setVisible(loss is not None)
            self._spare()

    def set_loss(self, title: str, formula: str) -> None:
        """Says which loss J is."""
        self._loss_tip = f"Loss over all training samples: {formula}, with r = ŷ − y"
        self.loss.set_caption(f"J = {title}", self._loss_tip)

    def show_fps(self, fps: float) -> None:
        """Shows frames per second."""
        self.fps.set_text(f"{fps:.0f}" if fps > 0 else "–")

    def set_speed(self, speed: float | None) -> None:
        """Shows the speed in steps per second; None: as fast as it goes."""
        self.speed.set_speed(speed)

    def minimumSizeHint(self) -> QSize:
        """The width without the readouts that a narrow window goes without."""
        hint = super().minimumSizeHint()
        shown = sum(self._width_of(readout) for readout in self._spared() if not readout.isHidden())
        hint.setWidth(hint.width() - shown)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare()

    def _spare(self) -> None:
        """Show as many of the readouts as there is room for."""
        spared = self._spared()
        missing = self.minimumSizeHint().width() + sum(map(self._width_of, spared)) - self.width()
        for readout in spared:
            readout.setVisible(missing <= 0)
            missing -= self._width_of(readout) if missing > 0 else 0

    def _spared(self) -> tuple[Readout, ...]:
        """What a narrow window goes without, the first first."""
        return self.fps, self.epoch, self.rate, self.state

    def _width_of(self, readout: Readout) -> int:
        return readout.sizeHint().width() + SPACING

    def faster(self) -> None:
        """The user's wish for the next higher speed: emits `speed_changed` unless it is the highest already."""
        self.speed.shift(1)

    def slower(self) -> None:
        """The user's wish for the next lower speed: emits `speed_changed` unless it is the lowest already."""
        self.speed.shift(-1)

    def set_icons(self, icons: Mapping[str, QIcon]) -> None:
        """Takes the icons `play`, `pause` and `reset`."""
        self._play_icon, self._pause_icon = icons["play"], icons["pause"]
        side = self.fontMetrics().height() + 4
        self.reset.setIcon(icons["reset"])
        self.reset.setIconSize(QSize(side, side))
        self.play.setIconSize(QSize(side + 4, side + 4))
        self._dress_play()

    def _dress_play(self) -> None:
        name, icon = ("Pause", self._pause_icon) if self._is_running else ("Play", self._play_icon)
        self.play.setIcon(icon)
        self.play.setAccessibleName(name)
        tip = "Preparing: training begins by itself; give that up" if self._is_waiting else name
        self.play.setToolTip(with_key(tip, PLAY_KEY))

    def _toggle(self) -> None:
        self.play_toggled.emit(not self._is_running)

    def _step(self) -> None:
        button = self.sender()
        self.steps_requested.emit(_STEP_BUTTONS[self.steppers.index(button)])  # type: ignore[arg-type]

    def _reset(self) -> None:
        self.reset_requested.emit()
