"""Whether a window can be opened here. Qt aborts the process where it cannot, so it has to be known before."""

from __future__ import annotations

import ctypes
import importlib
import os
import socket
import sys
from pathlib import Path

from reluviz.command_line.interrupt import held_interrupt

WITHOUT_WINDOW = "without a window these work: reluviz train, reluviz export, reluviz examples"
_SCREENS = {"xcb", "wayland"}


def why_no_window() -> str | None:
    """One line that says why no window can be opened and what works without one; None where one can."""
    reason = why_no_qt() or (_no_screen() if sys.platform.startswith("linux") else None)
    return f"{reason}; {WITHOUT_WINDOW}" if reason else None


def why_no_qt() -> str | None:
    """One line that says why Qt cannot be loaded here; None where it can."""
    return _missing_library("PySide6.QtWidgets")


def _missing_library(module: str) -> str | None:
    try:
        with held_interrupt():
            importlib.import_module(module)
    except ModuleNotFoundError as error:
        return f"{error.name or module} is not installed (python -m pip install -e .)"
    except ImportError as error:
        return f"a system library that Qt needs is missing: {str(error).partition(':')[0]} (README.md has the packages)"
    return None


def _no_screen() -> str | None:
    plugins = _platform_plugins()
    wanted = [name.partition(":")[0] for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    known = [name for name in wanted if (plugins / f"libq{name}.so").exists()]
    if wanted and not known:
        return f"QT_QPA_PLATFORM={os.environ['QT_QPA_PLATFORM']} names no platform that this Qt has"
    if set(known) - _SCREENS:
        return None
    screens = set(known) or _SCREENS
    x, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    if "wayland" in screens and wayland and _wayland_answers(wayland):
        return None
    if "xcb" not in screens or not x:
        return f"the display WAYLAND_DISPLAY={wayland} does not answer" if wayland else "there is no display"
    return _why_no_x(plugins / "libqxcb.so", x)


def _platform_plugins() -> Path:
    core = importlib.import_module("PySide6.QtCore")
    return Path(core.QLibraryInfo.path(core.QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"


def _wayland_answers(display: str) -> bool:
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/"), display)
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
    except OSError:
        return False
    return True


def _why_no_x(plugin: Path, display: str) -> str | None:
    try:
        ctypes.CDLL(str(plugin))
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        return f"a system library that Qt needs is missing: {str(error).partition(':')[0]} (README.md has the packages)"
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"the display DISPLAY={display} cannot be opened" if failed else None
