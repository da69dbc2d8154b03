"""Answers to the program's questions, given beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reluviz.app.questions import Answer, Questions


class GivenAnswers(Questions):
    """Keeps what was asked. Unless told otherwise it cancels every file dialog and discards changes."""

    def __init__(self, window: QWidget | None = None) -> None:
        self.asked: list[str] = []
        self.opens: list[Path] = []
        self.saves: list[Path] = []
        self.data: list[Path] = []
        self.exports: list[Path] = []
        self.about_changes = Answer.DISCARD
        self.cancels_export = True

    def file_to_open(self, folder: Path) -> Path | None:
        self.asked.append(f"open from {folder}")
        return self.opens.pop(0) if self.opens else None

    def data_to_import(self, folder: Path) -> Path | None:
        self.asked.append(f"data from {folder}")
        return self.data.pop(0) if self.data else None

    def file_to_save(self, suggestion: Path) -> Path | None:
        self.asked.append(f"save as {suggestion}")
        return self.saves.pop(0) if self.saves else None

    def export_to_save(self, suggestion: Path, known: Sequence[str]) -> Path | None:
        self.asked.append(f"export to {suggestion}")
        return self.exports.pop(0) if self.exports else None

    def folder_to_make(self, suggestion: Path) -> Path | None:
        self.asked.append(f"export to folder {suggestion}")
        return self.exports.pop(0) if self.exports else None

    def may_cancel_export(self) -> bool:
        self.asked.append("cancel export")
        return self.cancels_export

    def unsaved(self, name: str) -> Answer:
        self.asked.append(f"unsaved {name}")
        return self.about_changes

    def other_place(self, failure: str) -> bool:
        self.asked.append(f"other place: {failure}")
        return bool(self.saves)
