"""The strip below the loss: replay of what is recorded, the way back to the present, ghosts and earlier runs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from reluviz.core.palette import LIGHT, Palette
from reluviz.core.run_text import RunEntry
from reluviz.panels.controls import Choice, SmallButton
from reluviz.panels.fitting_label import FittingLabel
from reluviz.panels.section import MARGIN, SPACING

SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_LEAST_WIDTH = 240
_TRAIN = "Train from here"
_NAMES = {0.125: "× ⅛", 0.25: "× ¼", 0.5: "× ½"}


class MenuButton(SmallButton):
    """A button that opens a menu, with room for the arrow that says so."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setWidth(hint.width() + hint.height() // 2)
        return hint


class TimelineBar(QWidget):
    """`show_…` is silent; the signals are the user's doing."""

    replay_toggled = Signal(int)  # 1 forward, −1 backward
    train_requested = Signal()
    present_requested = Signal()
    run_chosen = Signal(int)  # its number
    discard_requested = Signal(object)  # list of numbers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Timeline")
        self._palette = LIGHT
        self._is_past = False
        self._runs: tuple[RunEntry, ...] = ()
        self.back = _button("◀", "Play the recorded run backward (Shift+R; Escape stops)", "Replay backward")
        self.forward = _button("▶", "Play the recorded run again (R; Escape stops)", "Replay")
        for button in (self.back, self.forward):
            button.setCheckable(True)
        self.speed = Choice("Replay speed")
        self.speed.setMinimumContentsLength(3)
        self.speed.setToolTip("How fast recorded runs are played again; × 1 shows a whole run in about twelve seconds")
        for factor in SPEEDS:
            self.speed.offer(_NAMES.get(factor, f"× {factor:.0f}"), factor)
        self.speed.show_value(1.0)
        self.text = FittingLabel()
        self.train = _button(
            _TRAIN,
            "Go on training from this moment, with its network and start; target and training settings stay as "
            "they are set now. The run so far stays (Space)",
        )
        self.present = _button("Present", "Back to where training has come to (Ctrl+End)")
        self.runs = MenuButton("Runs")
        self.runs.setToolTip("Compare: keep a moment or a run as a ghost; look at an earlier run, or discard it")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.runs.setMenu(self.menu)
        self._offered: list[QAction] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 2, MARGIN, 2)
        layout.setSpacing(SPACING)
        for part in (self.back, self.forward, self.speed):
            layout.addWidget(part)
        layout.addWidget(self.text, 1)
        for part in (self.train, self.present, self.runs):
            layout.addWidget(part)
        self.back.clicked.connect(self._on_back)
        self.forward.clicked.connect(self._on_forward)
        self.train.clicked.connect(self.train_requested)
        self.present.clicked.connect(self.present_requested)
        self.show_state(False, False, ("",))
        self.show_runs(())

    @property
    def speed_factor(self) -> float:
        """The chosen speed: 1 is the usual one."""
        return SPEEDS[self.speed.currentIndex()]

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self._dress_text()

    def show_state(self, has_recording: bool, is_past: bool, texts: Sequence[str]) -> None:
        """Shows whether there is anything recorded, whether that is on show, and what is to be said of it."""
        for part in (self.back, self.forward, self.speed, self.runs):
            part.setEnabled(has_recording)
        for button in (self.train, self.present):
            button.setVisible(is_past)
        self._spare()
        if is_past != self._is_past:
            self._is_past = is_past
            self._dress_text()
        self.text.say(*texts)

    def show_replay(self, direction: int) -> None:
        """Shows which way it is played: 1 forward, −1 backward, 0 not at all."""
        self.forward.setChecked(direction > 0)
        self.back.setChecked(direction < 0)

    def stop_replay(self) -> bool:
        """Asks for the end of what is being played. Whether there is anything."""
        direction = self.forward.isChecked() - self.back.isChecked()
        if direction:
            self.replay_toggled.emit(direction)
        return direction != 0

    def show_runs(self, runs: Sequence[RunEntry]) -> None:
        """Offers these runs, the oldest first; one alone needs no list."""
        self._runs = tuple(runs)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Offers these actions above the runs."""
        self._offered = list(actions)

    def minimumSizeHint(self) -> QSize:
        """Without what a narrow window goes without."""
        hint = super().minimumSizeHint()
        hint.setWidth(min(hint.width(), _LEAST_WIDTH))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare()

    def _spare(self) -> None:
        """Less words and no choice of speed where there is no room for them."""
        self.train.setText(_TRAIN)
        self.speed.show()
        if self._needed() > self.width():
            self.speed.hide()
        if self._needed() > self.width():
            self.train.setText("Train")

    def _needed(self) -> int:
        parts = [part for part in (*self._buttons, self.speed) if not part.isHidden()]
        return sum(part.sizeHint().width() + SPACING for part in parts) + 2 * MARGIN

    @property
    def _buttons(self) -> tuple[SmallButton, ...]:
        return self.back, self.forward, self.train, self.present, self.runs

    def _dress_text(self) -> None:
        palette = self.text.palette()
        colour = self._palette.accent if self._is_past else self._palette.muted
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.text.setPalette(palette)
        font = QFont()
        font.setBold(self._is_past)
        self.text.setFont(font)

    def _fill_menu(self) -> None:
        menu = self.menu
        menu.clear()
        menu.addActions(self._offered)
        if len(self._runs) < 2:
            return
        menu.addSeparator()
        for run in self._runs:
            action = menu.addAction(run.text)
            action.setCheckable(True)
            action.setChecked(run.is_shown)
            action.setData(run.number)
            action.triggered.connect(self._on_run)
        menu.addSeparator()
        discard = menu.addMenu("&Discard")
        others = [run for run in self._runs if not run.is_present]
        for run in others:
            action = discard.addAction(run.text)
            action.setData([run.number])
            action.triggered.connect(self._on_discard)
        discard.addSeparator()
        action = discard.addAction("&All but the present run")
        action.setData([run.number for run in others])
        action.triggered.connect(self._on_discard)

    def _on_run(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.run_chosen.emit(action.data())

    def _on_discard(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.discard_requested.emit(action.data())

    def _on_back(self) -> None:
        self.replay_toggled.emit(-1)

    def _on_forward(self) -> None:
        self.replay_toggled.emit(1)


def _button(text: str, tip: str, name: str = "") -> SmallButton:
    button = SmallButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(name or text)
    return button
