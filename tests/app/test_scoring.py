"""The largest error: a number that is always there, and a mark on the plot."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.construct import construct
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS
from reluviz.core.target import FunctionTarget, PointsTarget


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments-blank")
    yield app
    app.close()


def shown(app: AppUnderTest) -> str:
    return app.window.status_line.largest_error


def test_the_number_is_shown_and_follows_the_hand(app: AppUnderTest) -> None:
    app.wait_until(lambda: shown(app) == "largest error 1.000 at x = −1.000")
    at = app.start_drag(OUTPUT_BIAS, QPoint(0, -80))
    app.wait_until(lambda: shown(app) != "largest error 1.000 at x = −1.000")
    assert app.app.document.held, "already while it is dragged"
    app.press_key(Qt.Key.Key_Escape)
    app.release(at)
    app.press_key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    app.wait_until(lambda: shown(app) == "largest error 1.000 at x = −1.000")


def test_the_number_follows_the_target(app: AppUnderTest) -> None:
    app.app.editing.set_target(PointsTarget(((-1.0, 0.5), (1.0, 3.0))))
    app.wait_until(lambda: shown(app) == "largest error 3.000 at x = 1.000")
    app.window.actions_.example_chosen.emit("three-segments")
    app.wait_until(lambda: "3.000" not in shown(app))


def test_nothing_moves_as_the_number_changes(app: AppUnderTest) -> None:
    line = app.window.status_line
    label = line._error
    before = (line.size(), label.geometry(), app.window.minimumSizeHint())
    for text in (
        "largest error 0 at x = 0",
        "largest error 1.234·10⁻¹²³ at x = −1.235·10⁻¹²",
        "largest error ∞ at x = –",
    ):
        line.show_largest_error(text)
        app.window.layout().activate()
        assert (line.size(), label.geometry(), app.window.minimumSizeHint()) == before
    assert "|ŷ − y|" in label.toolTip()


def test_m_marks_it_and_takes_the_mark_away(app: AppUnderTest) -> None:
    action, mark = app.window.actions_["mark_largest_error"], app.window.plot.error_mark
    assert not mark.isVisible()
    app.press_key(Qt.Key.Key_M)
    assert mark.isVisible()
    assert action.isChecked()
    assert app.app.document.picture.largest_error
    error = mark.error
    assert error is not None
    assert (error.largest, error.at_x) == (1.0, -1.0)
    app.press_key(Qt.Key.Key_M)
    assert not mark.isVisible()
    assert not app.app.document.picture.largest_error
    assert app.app.document.undo_stack.count() == 0, "what is drawn is no business of undo"


def test_m_is_a_letter_while_a_field_is_edited(app: AppUnderTest) -> None:
    edit = app.window.target_panel.samples
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(edit, "m")
    assert not app.window.plot.error_mark.isVisible()


def test_the_mark_is_the_documents(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_M)
    app.window.actions_.example_chosen.emit("sine-by-5-relus")
    assert not app.window.plot.error_mark.isVisible()
    assert not app.window.actions_["mark_largest_error"].isChecked()


def test_the_mark_follows_target_and_network(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_M)
    app.app.editing.set_target(FunctionTarget("abs", -1.0, 3.0))
    mark = app.window.plot.error_mark
    assert mark.error is not None
    assert (mark.error.largest, mark.error.at_x) == (3.0, 3.0)
    app.app.document.edit("fit", network=construct(((-1.0, 1.0), (0.0, 0.0), (3.0, 3.5))))
    assert mark.error.largest == pytest.approx(0.5)


def test_an_exact_fit_is_called_one(app: AppUnderTest) -> None:
    target = app.app.document.state.target
    assert isinstance(target, PointsTarget)
    app.app.document.edit("solution", network=construct(target.points))
    app.wait_until(lambda: shown(app) == "exact fit")


def test_a_place_within_rounding_of_0_is_0(app: AppUnderTest) -> None:
    app.app.editing.set_target(FunctionTarget("abs", -1.0, 3.0))
    # A spike at x = −3·10⁻¹³.
    kinks = np.array([-0.5, -3.0e-13, 0.5])
    app.app.document.edit("spike", network=Network(np.ones(3), -kinks, [40.0, -80.0, 40.0]))
    app.wait_until(lambda: shown(app).startswith("largest error 20.00 at x = "))
    assert shown(app) == "largest error 20.00 at x = 0"
