"""What the program has to ask about files: where they are, and what becomes of changes that are not saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from reluviz.document.storage import SUFFIX

_DATA_FILTERS = ["Tables as text (*.csv *.tsv *.txt *.dat)", "All files (*)"]
# What somebody may mean by the end of a name, where "step 0.5" means a number.
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}")
_FILTERS = [f"reluviz documents (*{SUFFIX})", "All files (*)"]


class Answer(Enum):
    """What to do with unsaved changes."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Questions:
    """Asks the user by dialogs over a window. Tests answer in its place."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def file_to_open(self, folder: Path) -> Path | None:
        """A file, chosen from `folder` on; None: none."""
        dialog = QFileDialog(self._window, "Open", str(folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _chosen(dialog)

    def data_to_import(self, folder: Path) -> Path | None:
        """A file of data, chosen from `folder` on; None: none."""
        dialog = QFileDialog(self._window, "Import data", str(folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _chosen(dialog, _DATA_FILTERS)

    def file_to_save(self, suggestion: Path) -> Path | None:
        """A file to write; the dialog has asked before one is replaced. None: none."""
        dialog = QFileDialog(self._window, "Save as", str(suggestion.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile(suggestion.name)
        return _chosen(dialog)

    def export_to_save(self, suggestion: Path, known: Sequence[str]) -> Path | None:
        """A file to export to, its name ending in one of the `known` extensions, the first of which is the usual one.

        The user has agreed before one is replaced. None: none.
        """
        while True:
            dialog = QFileDialog(self._window, "Export", str(suggestion.parent))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(known[0])
            dialog.selectFile(suggestion.name)
            path = _chosen(dialog, [f"{known[0][1:].upper()} files (*{known[0]})", "All files (*)"])
            if path is None or path.suffix.lower() in known:
                return path
            if not _EXTENSION.fullmatch(path.suffix):
                # The dialog has asked about another name.
                path = path.with_name(f"{path.name}{known[0]}")
                return path if not path.exists() or self.may_replace(path) else None
            self.refuse_name(path, known)
            suggestion = path.with_suffix(known[0])

    def refuse_name(self, path: Path, known: Sequence[str]) -> None:
        """Say that nothing is known of such files."""
        endings = f"{', '.join(known[:-1])} or {known[-1]}" if len(known) > 1 else known[0]
        self._box(f"There is no export to “{path.suffix}” files.", f"The name may end in {endings}.").exec()

    def folder_to_make(self, suggestion: Path) -> Path | None:
        """A folder that is not there yet, to export to. None: none."""
        dialog = QFileDialog(self._window, "Export to a new folder", str(suggestion.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setLabelText(QFileDialog.DialogLabel.FileName, "Folder name:")
        dialog.selectFile(suggestion.name)
        return _chosen(dialog, ["All files (*)"])

    def may_replace(self, path: Path) -> bool:
        """Whether a file that is there may go."""
        buttons = QMessageBox.StandardButton
        box = self._box(f"Replace “{path.name}”?", "There is a file of this name already.")
        box.setStandardButtons(buttons.Yes | buttons.Cancel)
        box.button(buttons.Yes).setText("&Replace")
        box.button(buttons.Cancel).setText("&Cancel")
        box.setDefaultButton(buttons.Cancel)
        return buttons(box.exec()) == buttons.Yes

    def may_cancel_export(self) -> bool:
        """Whether what is being exported may be broken off, for the window to close."""
        box = self._box("An export is running.", "Closing the window breaks it off, and nothing of it is written.")
        cancel = box.addButton("&Cancel it and close", QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton("&Keep exporting", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.exec()
        return box.clickedButton() == cancel

    def unsaved(self, name: str) -> Answer:
        """What to do with the changes of the document of that name."""
        buttons = QMessageBox.StandardButton
        box = self._box(f"Save the changes to “{name}”?", "They are lost otherwise.")
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.button(buttons.Save).setText("&Save")
        box.button(buttons.Discard).setText("&Discard")
        box.button(buttons.Cancel).setText("&Cancel")
        box.setDefaultButton(buttons.Save)
        box.setEscapeButton(buttons.Cancel)
        answers = {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}
        return answers.get(buttons(box.exec()), Answer.CANCEL)

    def other_place(self, failure: str) -> bool:
        """Whether to save under another name what could not be saved, as `failure` says."""
        buttons = QMessageBox.StandardButton
        box = self._box("The document could not be saved.", f"{failure}\n\nA file that was there before is unchanged.")
        box.setStandardButtons(buttons.Save | buttons.Cancel)
        box.button(buttons.Save).setText("Save &As…")
        box.button(buttons.Cancel).setText("&Cancel")
        box.setDefaultButton(buttons.Save)
        box.setEscapeButton(buttons.Cancel)
        return buttons(box.exec()) == buttons.Save

    def _box(self, text: str, more: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("reluviz")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(more)
        return box


def _chosen(dialog: QFileDialog, filters: Sequence[str] = _FILTERS) -> Path | None:
    dialog.setNameFilters(filters)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
