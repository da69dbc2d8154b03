"""Where to begin to look for files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def documents_folder() -> Path:
    """The user's folder of documents; the home folder where the system names one that is not there."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(named) if named and Path(named).is_dir() else Path.home()


def folder_beside(document: Path | None) -> Path:
    """The folder that a document is in; that of the user's documents where it is in none yet."""
    return documents_folder() if document is None else document.parent
