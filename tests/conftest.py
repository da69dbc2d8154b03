"""Every test runs without a screen and without a trace in the user's own settings."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import hypothesis
import pytest
from pytestqt.qtbot import QtBot

# Set before Qt is loaded by any test; a test that needs a real X server starts its own process.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

_HOME = tempfile.TemporaryDirectory(prefix="reluviz-tests-", ignore_cleanup_errors=True)
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
    _folder = Path(_HOME.name) / _name.lower()
    _folder.mkdir(mode=0o700)
    os.environ[_name] = str(_folder)

# The first example may compile a kernel, and two workers share the machine: a deadline would measure that.
hypothesis.settings.register_profile("reluviz", deadline=None, max_examples=60, derandomize=True)
hypothesis.settings.load_profile("reluviz")

# What a test waits for comes at once or never, but on a busy machine "at once" can take more than the usual 5 seconds.
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
    _wait.__kwdefaults__["timeout"] = 60_000


def pytest_configure(config: pytest.Config) -> None:
    """Compile the kernels before workers start: two of them filling one cache at once can mix up its entries."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        from reluviz.core.compilation import compile_kernels

        compile_kernels()


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QSettings of each test in a file of its own, on every platform; autosaves too, or one test recovers another's."""
    from PySide6.QtCore import QSettings

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(tmp_path / "settings"))
