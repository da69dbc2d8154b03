"""The views in the running program: keys, menu, tool bar, table and bar, all saying the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolBar, QToolButton

from reluviz.core.parameter import OUTPUT_BIAS
from reluviz.core.picture import Order, Picture, Rays

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
VIEWS = ("scaled_rays", "raw_rays", "partial_sums")


@pytest.fixture
def app(open_app: Callable[[str], AppUnderTest]) -> AppUnderTest:
    return open_app("three-segments")


def picture(app: AppUnderTest) -> Picture:
    return app.app.document.picture


def checked(app: AppUnderTest) -> set[str]:
    names = (*VIEWS, "hide", "solo", "output", "residual")
    return {name for name in names if app.window.actions_[name].isChecked()}


def sentence(app: AppUnderTest) -> str:
    return app.window.sums_bar.sentence.text().replace("\u00a0", " ")


def test_the_keys_choose_one_of_three_views(app: AppUnderTest) -> None:
    assert checked(app) == {"scaled_rays", "output"}
    for key, name, rays in (
        (Qt.Key.Key_2, "raw_rays", Rays.RAW),
        (Qt.Key.Key_3, "partial_sums", Rays.PARTIAL_SUMS),
        (Qt.Key.Key_1, "scaled_rays", Rays.SCALED),
        (Qt.Key.Key_1, "scaled_rays", Rays.SCALED),
    ):
        app.press_key(key, ALT)
        assert picture(app).rays is rays
        assert checked(app) == {name, "output"}
        assert app.window.sums_bar.isVisible() == (rays is Rays.PARTIAL_SUMS)
    assert app.app.document.undo_stack.count() == 0


def test_the_tool_bar_has_them_in_words(app: AppUnderTest) -> None:
    bar = app.window.findChild(QToolBar, "tools")
    assert isinstance(bar, QToolBar)
    buttons = [bar.widgetForAction(app.window.actions_[name]) for name in VIEWS]
    assert all(isinstance(button, QToolButton) and button.isVisible() for button in buttons)
    assert [button.text() for button in buttons if isinstance(button, QToolButton)] == ["scaled", "raw", "partial sums"]
    assert len({button.toolTip() for button in buttons if button is not None}) == 3
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert picture(app).rays is Rays.RAW
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert checked(app) == {"raw_rays", "output"}, "one of them is always chosen"


def test_stepping_through_the_sums_by_the_presenters_keys(app: AppUnderTest) -> None:
    actions = app.window.actions_
    assert not actions["sum_forward"].isEnabled()
    app.press_key(Qt.Key.Key_PageDown)
    assert picture(app) == Picture()
    app.press_key(Qt.Key.Key_3, ALT)
    assert picture(app).added is None
    assert sentence(app).endswith("slope −4.000 to 1.000. This is the output.")
    told = []
    for _ in range(4):
        app.press_key(Qt.Key.Key_PageDown)
        told.append((picture(app).added, sentence(app)[:24]))
    assert told == [
        (0, "b₀ alone, before any of "),
        (1, "b₀ + ray 1 of 3: ray 1, "),
        (2, "b₀ + ray 1 + ray 2 of 3:"),
        (None, "b₀ + ray 1 + ray 2 + ray"),
    ]
    app.press_key(Qt.Key.Key_PageUp)
    assert sentence(app) == "b₀ + ray 1 + ray 2 of 3: at x = −0.5000 ray 2 bends the sum from slope 4.000 to −4.000."
    for _ in range(3):
        app.press_key(Qt.Key.Key_PageUp)
    assert picture(app).added is None, "before b₀ alone comes the whole sum"
    app.press_key(Qt.Key.Key_1, ALT)
    assert not actions["sum_back"].isEnabled()


def test_the_bar_steps_orders_and_closes(app: AppUnderTest) -> None:
    app.window.network_panel.neurons_edited.emit(4)
    app.press_key(Qt.Key.Key_3, ALT)
    bar = app.window.sums_bar
    QTest.mouseClick(bar.forward, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.forward, Qt.MouseButton.LeftButton)
    assert picture(app).added == 1
    QTest.mouseClick(bar.back, Qt.MouseButton.LeftButton)
    assert picture(app).added == 0
    bar.order.chosen.emit(Order.INDEX)
    assert picture(app).order is Order.INDEX
    QTest.mouseClick(bar.close_, Qt.MouseButton.LeftButton)
    assert picture(app).rays is Rays.SCALED
    assert not bar.isVisible()
    app.press_key(Qt.Key.Key_3, ALT)
    bar.close_.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bar.close_, Qt.Key.Key_Escape)
    assert checked(app) == {"scaled_rays", "output"}


def test_another_bar_ends_the_partial_sums_and_the_other_way_round(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_3, ALT)
    app.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    assert app.window.build_bar.isVisible()
    assert not app.window.sums_bar.isVisible()
    assert picture(app).rays is Rays.SCALED
    app.press_key(Qt.Key.Key_3, ALT)
    assert not app.window.build_bar.isVisible()
    assert not app.window.actions_["build_forward"].isEnabled()


def test_hide_and_solo_act_on_the_selected_neuron(app: AppUnderTest) -> None:
    app.app.wiring.selection.select(1)
    app.press_key(Qt.Key.Key_H)
    assert picture(app).hidden == {1}
    assert "hide" in checked(app)
    app.app.wiring.selection.select(0)
    assert "hide" not in checked(app)
    app.press_key(Qt.Key.Key_S)
    assert picture(app).solo == 0
    assert "solo" in checked(app)
    app.press_key(Qt.Key.Key_S)
    assert picture(app) == Picture(hidden=frozenset({1}))
    assert app.window.actions_["show_all"].isEnabled()
    app.press_key(Qt.Key.Key_H, SHIFT)
    assert picture(app) == Picture()
    assert not app.window.actions_["show_all"].isEnabled()
    assert app.frame.network.neurons == 3
    assert app.app.document.undo_stack.count() == 0


def test_without_a_selection_the_keys_say_what_to_do(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_H)
    assert app.message == "Select a neuron first, by a click on its ray or its row; H hides it then"
    app.press_key(Qt.Key.Key_S)
    assert app.message == "Select a neuron first, by a click on its ray or its row; S shows it alone then"
    assert picture(app) == Picture()
    assert checked(app) == {"scaled_rays", "output"}
    app.app.document.set_picture(Picture(solo=2))
    app.press_key(Qt.Key.Key_S)
    assert picture(app) == Picture(), "a solo ends without a selection too"


def test_a_click_on_a_disc_of_the_table_hides_the_neuron(app: AppUnderTest) -> None:
    table = app.window.neurons_panel.table
    app.wait_until(lambda: table.model().rowCount() == 3)
    cell = table.visualRect(table.model().index(2, 0))
    at = QPoint(cell.left() + 9, cell.center().y())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert picture(app).hidden == {2}
    assert table.model().picture.hidden == {2}
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, ALT, at)
    assert picture(app).solo == 2


def test_output_and_residual_by_their_keys(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_O)
    assert checked(app) == {"scaled_rays"}
    app.press_key(Qt.Key.Key_E)
    assert checked(app) == {"scaled_rays", "residual"}
    assert picture(app) == Picture(output=False, residual=True)
    app.press_key(Qt.Key.Key_O)
    app.press_key(Qt.Key.Key_E)
    assert picture(app) == Picture()


def test_letters_in_a_number_field_do_not_change_the_view(app: AppUnderTest) -> None:
    app.app.wiring.selection.select(0)
    edit = app.window.neurons_panel.output_bias
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(edit, "2e1")
    assert picture(app) == Picture()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert app.frame.network[OUTPUT_BIAS] == 20.0


def test_what_is_drawn_survives_saving_and_opening(app: AppUnderTest, tmp_path: Path) -> None:
    wanted = Picture(Rays.PARTIAL_SUMS, Order.INDEX, 1, frozenset({2}), None, False, True)
    app.app.document.set_picture(wanted)
    file = tmp_path / "view.reluviz"
    app.answers.saves.append(file)
    app.window.actions_["save_as"].trigger()
    assert file.exists()
    app.window.actions_.example_chosen.emit("sine-by-5-relus")
    assert picture(app) == Picture()
    assert checked(app) == {"scaled_rays", "output"}
    assert not app.window.sums_bar.isVisible()
    app.window.file_dropped.emit(file)
    assert picture(app) == wanted
    assert checked(app) == {"partial_sums", "residual"}
    assert app.window.sums_bar.isVisible()
    assert app.window.sums_bar.order.currentText() == "index order"
    assert sentence(app).startswith("b₀ + ray 1 of 3")
    assert app.window.neurons_panel.table.model().picture == wanted
    assert app.window.plot.legend()[1].text.startswith("partial sums (1 hidden)")


def test_undo_leaves_the_view_alone(app: AppUnderTest) -> None:
    app.app.editing.set_parameter(OUTPUT_BIAS, 3.0)
    app.press_key(Qt.Key.Key_3, ALT)
    app.press_key(Qt.Key.Key_PageDown)
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert app.frame.network[OUTPUT_BIAS] == -1.0
    assert picture(app) == Picture(Rays.PARTIAL_SUMS, added=0)
    app.wait_until(lambda: sentence(app).endswith("the sum is level at −1.000."))


def test_fewer_neurons_are_still_a_view(app: AppUnderTest) -> None:
    app.app.document.set_picture(Picture(Rays.PARTIAL_SUMS, added=2, hidden=frozenset({0, 2})))
    app.window.network_panel.neurons_edited.emit(1)
    assert picture(app) == Picture(Rays.PARTIAL_SUMS, hidden=frozenset({0}))
    app.wait_until(lambda: " of 1:" in sentence(app))


@pytest.mark.parametrize("view", [Picture(Rays.RAW, residual=True), Picture(Rays.PARTIAL_SUMS, added=3, residual=True)])
def test_while_it_trains_everything_is_live(open_app: Callable[[str], AppUnderTest], view: Picture) -> None:
    app = open_app("sine-by-5-relus")
    app.app.document.set_picture(view)
    before, said = app.window.plot.repaints, sentence(app)
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 20)
    app.wait_until(lambda: app.window.plot.repaints > before + 5)
    assert picture(app) == view
    if view.rays is Rays.PARTIAL_SUMS:
        app.wait_until(lambda: sentence(app) != said)
