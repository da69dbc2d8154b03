"""Names of the axes: typed, imported, undone, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.axis_names import AxisNames

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    app.window.activateWindow()
    yield app
    app.close()


def axes(app: AppUnderTest) -> AxisNames:
    return app.app.document.state.axes


def test_a_name_is_typed_shown_undone_and_saved(app: AppUnderTest, tmp_path: Path) -> None:
    fold, plot = app.window.target_panel.axes, app.window.plot
    bare = plot.box.geometry()
    app.window.target_panel.sampling_fields.set_folded(False)
    fold.x_line.setFocus()
    QTest.keyClicks(fold.x_line, "unknown unit")
    QTest.keyClick(fold.x_line, Qt.Key.Key_Return)
    assert axes(app) == AxisNames("unknown unit")
    assert plot.box.geometry().bottom() < bare.bottom()
    assert app.app.document.undo_stack.undoText() == "names of the axes"
    path = tmp_path / "named.reluviz"
    app.answers.saves.append(path)
    app.app.files.save()
    plot.setFocus()
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert axes(app) == AxisNames()
    assert fold.x_line.text() == ""
    assert plot.box.geometry() == bare
    app.app.files.open(path)
    assert axes(app) == AxisNames("unknown unit")
    assert fold.x_line.text() == "unknown unit"


@pytest.mark.parametrize(
    ("header", "names"),
    [("t in s,U in V\n", AxisNames("t in s", "U in V")), ("", AxisNames()), (",y\n", AxisNames("", "y"))],
)
def test_imported_columns_name_the_axes(app: AppUnderTest, tmp_path: Path, header: str, names: AxisNames) -> None:
    path = tmp_path / "data.csv"
    path.write_text(header + "1,2\n3,4\n5,6\n", encoding="utf-8")
    app.app.importing.import_file(path)
    app.wait_until(app.window.data_dialog.ok.isEnabled)
    app.window.data_dialog.accept()
    assert axes(app) == names
    assert app.app.document.undo_stack.count() == 1
    app.app.editing.undo()
    assert axes(app) == AxisNames()
