"""What the menu's actions do, beyond documents, training and plot: appearance, text size, help."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox

import reluviz
from reluviz.app.editing import Editing
from reluviz.app.main_window import MainWindow
from reluviz.app.playback import Playback
from reluviz.app.preferences import FONT_SCALES, Preferences
from reluviz.app.shortcuts_dialog import ShortcutsDialog
from reluviz.app.theme import apply
from reluviz.core.palette import DARK, LIGHT
from reluviz.document.document import Document


class Commands(QObject):
    """Joins the actions of one window to what they do, and keeps the preferences."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        playback: Playback,
        editing: Editing,
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._playback = playback
        self._editing = editing
        self._document = document
        self._preferences = preferences
        self._palette = preferences.palette
        self._scale = preferences.font_scale
        self._shortcuts: ShortcutsDialog | None = None
        self._was_maximized = False
        self._join_training()
        self._join_view()
        self._join_undo()
        actions = window.actions_
        actions["shortcuts"].triggered.connect(self._on_shortcuts)
        actions["about"].triggered.connect(self._on_about)
        actions["quit"].triggered.connect(window.close)
        self._apply_appearance()

    def _join_training(self) -> None:
        actions = self._window.actions_
        actions["play"].triggered.connect(self._playback.toggle)
        actions["step_1"].triggered.connect(self._on_step_1)
        actions["step_10"].triggered.connect(self._on_step_10)
        actions["step_100"].triggered.connect(self._on_step_100)
        actions["reset"].triggered.connect(self._editing.reset)
        actions["new_initialization"].triggered.connect(self._editing.new_initialization)
        actions["faster"].triggered.connect(self._window.transport.faster)
        actions["slower"].triggered.connect(self._window.transport.slower)

    def _join_view(self) -> None:
        actions = self._window.actions_
        actions["fit"].triggered.connect(self._window.plot.fit)
        actions["appearance"].triggered.connect(self._on_appearance)
        actions["larger_text"].triggered.connect(self._on_larger_text)
        actions["smaller_text"].triggered.connect(self._on_smaller_text)
        actions["normal_text"].triggered.connect(self._on_normal_text)
        actions["panels"].setChecked(True)
        actions["panels"].toggled.connect(self._window.set_panels_visible)
        actions["full_screen"].toggled.connect(self._on_full_screen)

    def _join_undo(self) -> None:
        actions, stack = self._window.actions_, self._document.undo_stack
        actions["undo"].triggered.connect(self._editing.undo)
        actions["redo"].triggered.connect(self._editing.redo)
        stack.undoTextChanged.connect(self._on_undo_changed)
        stack.redoTextChanged.connect(self._on_undo_changed)
        stack.canUndoChanged.connect(self._on_undo_changed)
        stack.canRedoChanged.connect(self._on_undo_changed)
        self._on_undo_changed()

    def _on_undo_changed(self) -> None:
        stack = self._document.undo_stack
        for name, text, possible in (
            ("undo", stack.undoText(), stack.canUndo()),
            ("redo", stack.redoText(), stack.canRedo()),
        ):
            action = self._window.actions_[name]
            action.setEnabled(possible)
            action.setText(f"&{name.capitalize()} {text}".rstrip())

    def _on_step_1(self) -> None:
        self._playback.make_steps(1)

    def _on_step_10(self) -> None:
        self._playback.make_steps(10)

    def _on_step_100(self) -> None:
        self._playback.make_steps(100)

    def _on_appearance(self, dark: bool) -> None:
        self._palette = DARK if dark else LIGHT
        self._preferences.palette = self._palette
        self._apply_appearance()

    def _apply_appearance(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply(application, self._palette, self._scale)
        self._window.set_palette(self._palette)
        self._window.set_font_scale(self._scale)
        self._window.actions_["appearance"].setChecked(self._palette is DARK)

    def _on_larger_text(self) -> None:
        self._set_scale(min((scale for scale in FONT_SCALES if scale > self._scale), default=FONT_SCALES[-1]))

    def _on_smaller_text(self) -> None:
        self._set_scale(max((scale for scale in FONT_SCALES if scale < self._scale), default=FONT_SCALES[0]))

    def _on_normal_text(self) -> None:
        self._set_scale(1.0)

    def _set_scale(self, scale: float) -> None:
        self._scale = scale
        self._preferences.font_scale = scale
        self._apply_appearance()

    def _on_full_screen(self, full: bool) -> None:
        if full:
            self._was_maximized = self._window.isMaximized()
            self._window.showFullScreen()
        elif self._was_maximized:
            self._window.showMaximized()
        else:
            self._window.showNormal()

    def _on_shortcuts(self) -> None:
        if self._shortcuts is None:
            self._shortcuts = ShortcutsDialog(self._window.actions_, self._window)
        self._shortcuts.show()
        self._shortcuts.raise_()

    def _on_about(self) -> None:
        QMessageBox.about(
            self._window,
            "About reluviz",
            f"reluviz {reluviz.__version__}\n\nA one-hidden-layer network approximates a function of one variable, "
            "neuron by neuron.\n\nMIT License",
        )

    def restore_window(self) -> None:
        """Put the window where it was last time, if it still fits a screen."""
        geometry = self._preferences.geometry
        if not geometry.isEmpty():
            self._window.restoreGeometry(geometry)
        self._window.set_font_scale(self._scale)

    def keep_window(self) -> None:
        self._preferences.geometry = self._window.saveGeometry()
