from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qWarning
from pytestqt.qtbot import QtBot

from reluviz.app.error_log import ErrorLog


@pytest.fixture
def log(tmp_path: Path, qapp: object) -> Iterator[ErrorLog]:
    log = ErrorLog(tmp_path / "data")
    log.install()
    yield log
    log.uninstall()


def test_an_unexpected_error_goes_to_the_log_with_one_calm_line(
    log: ErrorLog, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    with qtbot.waitSignal(log.noticed) as noticed:
        try:
            raise RuntimeError("the plot fell off")
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    assert "your work is unchanged" in noticed.args[0]
    assert "\n" not in noticed.args[0]
    assert "the plot fell off" in log.path.read_text()
    assert capfd.readouterr().err == ""


def test_an_error_in_a_thread_is_noticed_too(log: ErrorLog, qtbot: QtBot) -> None:
    def fail() -> None:
        raise RuntimeError("in a thread")

    with qtbot.waitSignal(log.noticed):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert "in a thread" in log.path.read_text()


def test_qts_messages_go_to_the_log_and_not_to_the_terminal(log: ErrorLog, capfd: pytest.CaptureFixture[str]) -> None:
    qWarning("a warning of Qt's")
    assert "a warning of Qt's" in log.path.read_text()
    assert capfd.readouterr().err == ""
    assert QtMsgType.QtWarningMsg


def test_a_folder_that_cannot_be_written_still_gives_notices(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("")
    log = ErrorLog(tmp_path / "file" / "below")
    log.install()
    try:
        with qtbot.waitSignal(log.noticed):
            sys.excepthook(ValueError, ValueError("x"), None)
    finally:
        log.uninstall()
