"""The running program: one QApplication, window, document, training session, joined."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication

from reluviz.app.autosaving import Autosaving
from reluviz.app.closing import Closing
from reluviz.app.commands import Commands
from reluviz.app.display_clock import DisplayClock
from reluviz.app.editing import Editing
from reluviz.app.error_log import ErrorLog
from reluviz.app.files import Files
from reluviz.app.film_export import FilmExport
from reluviz.app.hand_tuning import HandTuning
from reluviz.app.importing import Importing
from reluviz.app.main_window import MainWindow
from reluviz.app.picture_export import PictureExport
from reluviz.app.playback import Playback
from reluviz.app.preferences import Preferences
from reluviz.app.questions import Questions
from reluviz.app.recovery import Recovery
from reluviz.app.recovery_bar import RecoveryBar
from reluviz.app.wiring import Wiring
from reluviz.document.document import Document
from reluviz.document.document_file import DocumentFile
from reluviz.document.examples import DEFAULT, load_example
from reluviz.document.opened import OpenedDocument
from reluviz.document.state import opened_state
from reluviz.training.session import TrainingSession

_INTERRUPTED = 130

# The worker asks for the GIL between its chunks; the default of 5 ms would keep it waiting longer than a chunk takes.
SWITCH_SECONDS = 0.0005


class Application(QObject):
    """All parts of the running program, made and joined; `close` ends them in order."""

    def __init__(
        self,
        opened: OpenedDocument,
        path: Path | None = None,
        questions: Questions | None = None,
        autosaves: Path | None = None,
    ) -> None:
        """`path`: the file of `opened`, if it has one; `questions`: who answers instead of the user; `autosaves`: a
        folder for them other than the user's.
        """
        super().__init__()
        self._is_closed = False
        self.preferences = Preferences()
        self.session = TrainingSession()
        self.document = Document(opened_state(opened), opened.title, self)
        self.clock = DisplayClock(self)
        self.window = MainWindow()
        self.playback = Playback(self.document, self.session, self)
        self.editing = Editing(self.document, self.playback, self)
        self.wiring = Wiring(self.window, self.document, self.playback, self.editing, self.clock)
        self.commands = Commands(self.window, self.document, self.playback, self.editing, self.preferences)
        self.hand_tuning = HandTuning(
            self.window, self.document, self.playback, self.editing, self.wiring.selection, self.clock
        )
        self.file = DocumentFile(self.document, self)
        self.autosaving = Autosaving(self.document, self.file, autosaves, self)
        questions = questions or Questions(self.window)
        self.files = Files(self.window, self.file, self.wiring, self.autosaving, questions)
        self.importing = Importing(self.window, self.editing, questions)
        self.picture_export = PictureExport(self.window, self.document, self.file, self.preferences, questions)
        self.film_export = FilmExport(self.window, self.document, self.file, self.preferences, questions)
        self.closing = Closing(self.window, self.files, self.film_export, self.picture_export)
        self.recovery = Recovery(RecoveryBar(), self.files, self.autosaving, self)
        self.window.add_notice(self.recovery.bar)
        self.files.show_document(opened, path)
        self.window.painted.connect(self._on_painted)
        self.window.closing.connect(self.close)
        self.clock.numbers_tick.connect(self._freeze_once_compiled)

    def show(self) -> None:
        self.commands.restore_window()
        self.window.show()
        self.clock.start()

    def _on_painted(self) -> None:
        # The kernels' import would delay the first picture; they get ready while the user looks at it.
        QTimer.singleShot(50, self.session.compile_kernels)
        self.autosaving.look_for_left_behind()

    def _freeze_once_compiled(self) -> None:
        """Take all that is loaded by now out of Python's garbage collection: a full round of it would cost 0.1 s."""
        if self.session.is_compiled:
            self.clock.numbers_tick.disconnect(self._freeze_once_compiled)
            gc.freeze()

    def end(self) -> None:
        """Close the window without asking; unsaved changes are offered at the next start."""
        if self._is_closed:
            return
        self.files.asks = False
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            dialog.close()
        self.window.close()

    def close(self) -> None:
        """Stop the clock, the autosaves and the worker, delete the window. Harmless when repeated."""
        if self._is_closed:
            return
        self._is_closed = True
        self.commands.keep_window()
        self.clock.stop()
        self.recovery.close()
        self.autosaving.close(keep=not self.files.asks)
        self.files.asks = False
        self.document.close()
        self.session.close()
        # Qt's half of the window ends while Python's is whole: left to the garbage collection it would call methods of
        # widgets that have lost their attributes.
        self.window.deleteLater()


def run(document: OpenedDocument | None = None, path: Path | None = None) -> int:
    """Open the window and stay until it closes. The exit code: 0, or 130 after Ctrl-C."""
    QCoreApplication.setOrganizationName("reluviz")
    QCoreApplication.setApplicationName("reluviz")
    qt = QApplication(sys.argv[:1])
    qt.setApplicationDisplayName("")
    log = ErrorLog()
    log.install()
    sys.setswitchinterval(SWITCH_SECONDS)
    application = Application(load_example(DEFAULT) if document is None else document, path)
    log.noticed.connect(application.window.status_line.report_failure)
    interrupted = _close_on_interrupt(application)
    application.show()
    code = qt.exec()
    application.close()
    log.uninstall()
    return _INTERRUPTED if interrupted else code


def _close_on_interrupt(application: Application) -> list[int]:
    """Ctrl-C and a polite kill close the window; the list gets the signal. The clock's ticks let Python see it soon."""
    received: list[int] = []

    def on_signal(number: int, frame: FrameType | None) -> None:
        received.append(number)
        application.end()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    return received
