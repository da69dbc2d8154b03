"""Qt without a display."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication


def headless_application() -> QCoreApplication:
    """The application that everything painted needs: the one there is, or one that opens no display.

    Who gets it has to keep it.
    """
    existing = QCoreApplication.instance()
    if existing is not None:
        return existing
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QApplication([])
