"""A foldable part of the training panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reluviz.core.settings import TrainingSettings
from reluviz.panels.fold import Fold

WIDEST_LABEL = "Learning rate"

SettingsChange = Callable[[TrainingSettings], TrainingSettings]


class SettingsFold(Fold):
    """Shows a part of the settings and asks for changes of it; whether one is possible is not decided here."""

    wished = Signal(object)
    """A SettingsChange, which raises ValueError where it is impossible."""
    refused = Signal(str)

    def __init__(self, name: str, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, tip, parent, widest_label=WIDEST_LABEL)

    def show_settings(self, settings: TrainingSettings, samples: int) -> None:
        """Show `settings` for data of `samples` samples, silently."""
        raise NotImplementedError

    def wish(self, **changes: Any) -> None:
        """Ask for these fields."""
        self.wished.emit(lambda settings: replace(settings, **changes))
