"""Where training comes to rest by itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from reluviz.core.settings import MAX_STEPS, Plateau, TrainingSettings
from reluviz.core.training_text import stop_text
from reluviz.panels.controls import Check
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.number_step import decade_step, small_step
from reluviz.panels.settings_fold import SettingsFold

_FIRST_STEPS, _FIRST_EPOCHS, _FIRST_GOAL = 1000, 100, 0.01
_MAX_LOSS = 1e9


class StopFields(SettingsFold):
    """Each stop is a check box with its number, which it keeps while it is not in use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("stop", "Stop", "Where training comes to rest by itself; whichever comes first", parent)
        self.stops = Check("At step")
        self.stop_step = CountEdit("stop at step", 0, MAX_STEPS, decade_step, check=_check_steps)
        self.stops_at_epoch = Check("At epoch")
        self.stop_epoch = CountEdit("stop after epochs", 0, MAX_STEPS, decade_step, check=_check_epochs)
        self.stops_at_loss = Check("At loss")
        self.loss_goal = NumberEdit("stop at loss", 0.0, _MAX_LOSS, small_step, is_setting=True)
        self.stops_on_plateau = Check("Plateau")
        self.plateau_steps = CountEdit("plateau of steps", 1, MAX_STEPS, decade_step)
        self.plateau_tolerance = NumberEdit("plateau tolerance", 0.0, 1.0, small_step, is_setting=True)
        add, add_checked = self.fields.add_field, self.fields.add_checked_field
        add_checked(self.stops, self.stop_step, "Come to rest at this step, counted since the start")
        add_checked(self.stops_at_epoch, self.stop_epoch, "Come to rest when so many times the data have been seen")
        add_checked(self.stops_at_loss, self.loss_goal, "Come to rest when the training loss is no more than this")
        add_checked(
            self.stops_on_plateau, self.plateau_steps, "Come to rest when the best loss has not sunk for so many steps"
        )
        add(
            "Least drop",
            self.plateau_tolerance,
            "How much of the best loss before has to go to count as sunk: 0.001 is a thousandth",
        )
        for check in (self.stops, self.stops_at_epoch, self.stops_at_loss, self.stops_on_plateau):
            check.clicked.connect(self._edit)
        for field in self._numbers():
            field.edited.connect(self._edit)
            field.refused.connect(self.refused)
        self.stop_step.set_value(_FIRST_STEPS)
        self.stop_epoch.set_value(_FIRST_EPOCHS)
        self.loss_goal.set_value(_FIRST_GOAL)
        self.plateau_steps.set_value(Plateau().steps)
        self.plateau_tolerance.set_value(Plateau().tolerance)

    def _numbers(self) -> tuple[CountEdit | NumberEdit, ...]:
        return self.stop_step, self.stop_epoch, self.loss_goal, self.plateau_steps, self.plateau_tolerance

    def show_settings(self, settings: TrainingSettings, samples: int) -> None:
        plateau = settings.plateau
        rows: tuple[tuple[Check, CountEdit | NumberEdit, float | None], ...] = (
            (self.stops, self.stop_step, settings.steps),
            (self.stops_at_epoch, self.stop_epoch, settings.epochs),
            (self.stops_at_loss, self.loss_goal, settings.loss_goal),
            (self.stops_on_plateau, self.plateau_steps, None if plateau is None else plateau.steps),
            (self.stops_on_plateau, self.plateau_tolerance, None if plateau is None else plateau.tolerance),
        )
        for check, field, value in rows:
            check.setChecked(value is not None)
            field.setEnabled(value is not None)
            if value is not None:
                field.set_value(value)  # type: ignore[arg-type]  # counts come from counts
        self.button.set_summary(stop_text(settings))

    def _edit(self) -> None:
        # Read now: what is refused is shown as it was before.
        steps = self.stop_step.value() if self.stops.isChecked() else None
        epochs = self.stop_epoch.value() if self.stops_at_epoch.isChecked() else None
        goal = self.loss_goal.value() if self.stops_at_loss.isChecked() else None
        on_plateau = self.stops_on_plateau.isChecked()
        plateau = (self.plateau_steps.value(), self.plateau_tolerance.value()) if on_plateau else None
        self.wished.emit(lambda settings: _with_stops(settings, steps, epochs, goal, plateau))


def _check_steps(steps: int) -> None:
    TrainingSettings(steps=steps)


def _check_epochs(epochs: int) -> None:
    TrainingSettings(epochs=epochs)


def _with_stops(
    settings: TrainingSettings,
    steps: int | None,
    epochs: int | None,
    loss_goal: float | None,
    plateau: tuple[int, float] | None,
) -> TrainingSettings:
    stop = None if plateau is None else Plateau(*plateau)
    return replace(settings, steps=steps, epochs=epochs, loss_goal=loss_goal, plateau=stop)
