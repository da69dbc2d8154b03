"""The files that were opened and saved last, remembered between two starts."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QSettings

MAX_FILES = 10
_KEY = "recent_files"


class RecentFiles:
    """The newest first. Read anew at each look, as another window may have added some."""

    def __init__(self) -> None:
        self._settings = QSettings()

    @property
    def paths(self) -> list[Path]:
        """Up to MAX_FILES absolute paths; whether the files still exist is not known."""
        self._settings.sync()
        stored = self._settings.value(_KEY, [])
        # A list of one comes back from some formats as the text alone.
        texts = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        paths = [Path(text) for text in texts if isinstance(text, str) and text and "\0" not in text]
        return list(dict.fromkeys(path for path in paths if path.is_absolute()))[:MAX_FILES]

    def add(self, path: Path) -> None:
        """Put a file first."""
        path = absolute(path)
        self._keep([path, *(known for known in self.paths if known != path)])

    def remove(self, path: Path) -> None:
        path = absolute(path)
        self._keep([known for known in self.paths if known != path])

    def _keep(self, paths: list[Path]) -> None:
        self._settings.setValue(_KEY, [str(path) for path in paths[:MAX_FILES]])
        self._settings.sync()


def absolute(path: Path) -> Path:
    """The path seen from the root, without `..`, links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100
