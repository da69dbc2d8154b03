"""Where errors go that nobody expected: to a log file, with one calm notice in the window, never to the terminal."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, QObject, QStandardPaths, QtMsgType, Signal, qInstallMessageHandler

_LOG_BYTES = 1_000_000
_log = logging.getLogger("reluviz")


class ErrorLog(QObject):
    """Takes over Python's and Qt's last-resort hooks while it is installed. `noticed(str)`: one line for the user."""

    noticed = Signal(str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = (folder or _data_folder()) / "reluviz.log"
        self._crash_file: IO[str] | None = None
        self._handler: logging.Handler | None = None

    def install(self) -> None:
        """From here on; where the log cannot be written, errors still give their notice."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and self.path.stat().st_size > _LOG_BYTES:
                self.path.unlink()
            self._handler = logging.FileHandler(self.path, encoding="utf-8")
            self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s: %(message)s"))
            self._crash_file = self.path.open("a", encoding="utf-8")
            faulthandler.enable(self._crash_file)
        except OSError:
            self._handler = logging.NullHandler()
        _log.addHandler(self._handler)
        _log.propagate = False
        _log.setLevel(logging.INFO)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(self._on_qt_message)

    def uninstall(self) -> None:
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
        if self._handler is not None:
            _log.removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        _log.error("unexpected error", exc_info=(kind, error, trace))
        self.noticed.emit(
            f"Something unexpected happened ({kind.__name__}); your work is unchanged. Details: {self.path}"
        )

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        _log.log(logging.INFO if kind == QtMsgType.QtInfoMsg else logging.WARNING, "Qt: %s", message)


def _data_folder() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
