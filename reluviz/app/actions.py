"""The actions of the window, in its menus and its tool bar; what they do is joined in `wiring`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QToolButton

from reluviz.app.command_table import CHECKABLE, IN_TOOL_BAR, MENUS, SPARED, SPECS, TOOL_BAR, VIEWS, WRITTEN_OUT
from reluviz.app.tool_bar import ToolBar


class Actions(QObject):
    """All actions, by name in `named`.

    `example_chosen(str)` and `recent_chosen(Path)`: what the chosen entry of a menu names.
    """

    example_chosen = Signal(str)
    recent_chosen = Signal(object)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.named: dict[str, QAction] = {}
        self._icons: dict[str, str] = {}
        for name, text, shortcuts, icon_name, tip in SPECS:
            action = QAction(text, window)
            action.setShortcuts([QKeySequence(keys) for keys in shortcuts])
            keys = ", ".join(
                sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in action.shortcuts()
            )
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
            action.setStatusTip("")
            action.setCheckable(name in CHECKABLE)
            action.setIconText(IN_TOOL_BAR.get(name, action.iconText()))
            self._icons[name] = icon_name
            self.named[name] = action
            window.addAction(action)
        views = QActionGroup(window)
        for name in VIEWS:
            views.addAction(self.named[name])
        self.examples_menu = QMenu("&Examples", window)
        self._recent_menu = QMenu("Open &recent", window)
        self._examples_button = QToolButton(window)
        self._fill_menu_bar(window)
        self._fill_tool_bar(window)

    def __getitem__(self, name: str) -> QAction:
        return self.named[name]

    def set_examples(self, examples: list[tuple[str, str, str, str]]) -> None:
        """The examples on offer as (source, name, title, tip), those of one source together."""
        self.examples_menu.clear()
        shown = ""
        for source, name, title, tip in examples:
            if source != shown:
                shown = source
                self.examples_menu.addSection(source.replace("&", "&&"))
            action = self.examples_menu.addAction(title)
            action.setData(name)
            action.setToolTip(tip)
            action.triggered.connect(self._on_example)

    def set_recent(self, paths: list[Path]) -> None:
        """The files to offer again, the newest first."""
        self._recent_menu.clear()
        for path in paths:
            action = self._recent_menu.addAction(_menu_text(path))
            action.setData(str(path))
            action.triggered.connect(self._on_recent)
        self._recent_menu.setEnabled(bool(paths))

    def set_icons(self, icons: Mapping[str, QIcon]) -> None:
        """Take the icons that the actions name."""
        for name, icon_name in self._icons.items():
            if icon_name:
                self.named[name].setIcon(icons[icon_name])
        self._examples_button.setIcon(icons["examples"])

    def _on_example(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.example_chosen.emit(action.data())

    def _on_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recent_chosen.emit(Path(action.data()))

    def _fill_menu_bar(self, window: QMainWindow) -> None:
        bar = window.menuBar()
        file_menu = bar.addMenu("&File")
        file_menu.setToolTipsVisible(True)
        self.examples_menu.setToolTipsVisible(True)
        file_menu.addActions([self.named["new"], self.named["open"]])
        file_menu.addMenu(self._recent_menu)
        file_menu.addMenu(self.examples_menu)
        file_menu.addSeparator()
        file_menu.addActions([self.named["save"], self.named["save_as"]])
        file_menu.addSeparator()
        file_menu.addActions([self.named["import_data"], self.named["export_picture"], self.named["export_film"]])
        file_menu.addSeparator()
        file_menu.addAction(self.named["quit"])
        for title, names in MENUS:
            self._fill(bar.addMenu(title), names)

    def _fill(self, menu: QMenu, entries: Iterable[str | tuple[str, tuple[str, ...]]]) -> None:
        menu.setToolTipsVisible(True)
        for entry in entries:
            if isinstance(entry, tuple):
                title, names = entry
                self._fill(menu.addMenu(title), names)
            elif entry == "|":
                menu.addSeparator()
            else:
                menu.addAction(self.named[entry])

    def _fill_tool_bar(self, window: QMainWindow) -> None:
        bar = ToolBar(window)
        button = self._examples_button
        button.setText("Example")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip("Open a built-in example")
        button.setMenu(self.examples_menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        bar.addWidget(button)
        bar.addSeparator()
        for name in TOOL_BAR:
            if name == "|":
                bar.addSeparator()
            else:
                bar.addAction(self.named[name])
                if name in WRITTEN_OUT:
                    bar.write_out(self.named[name])
        bar.addSeparator()
        label = QLabel("View:")
        label.setContentsMargins(6, 0, 6, 0)
        said = bar.addWidget(label)
        bar.addActions([self.named[name] for name in VIEWS])
        bar.spare(said, *(self.named[name] for name in SPARED))
        window.addToolBar(bar)


def _menu_text(path: Path) -> str:
    """The path, short where it lies in the user's folder; an ampersand would underline a letter."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home) if path.is_relative_to(home) else path).replace("&", "&&")
