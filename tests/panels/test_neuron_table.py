import pytest
from network_samples import one_column, random_network, three_segments
from panel_keyboard import type_text
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from yardstick import times_as_dear

from reluviz.core.palette import DARK, LIGHT
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.panels.neuron_delegate import CellEdit
from reluviz.panels.neuron_model import NUMBERS, Column
from reluviz.panels.neurons_panel import NeuronsPanel

W2 = Parameter(Kind.OUTPUT_WEIGHT, 1)


@pytest.fixture
def panel(qtbot):
    widget = NeuronsPanel()
    qtbot.addWidget(widget)
    widget.resize(420, 600)
    widget.show_network(three_segments(), -1.0, 1.0)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


@pytest.fixture
def told(panel):
    heard = []
    panel.parameter_edited.connect(lambda parameter, value: heard.append((parameter, value)))
    panel.refused.connect(heard.append)
    panel.neuron_selected.connect(lambda neuron: heard.append(("selected", neuron)))
    panel.neuron_hovered.connect(lambda neuron: heard.append(("hovered", neuron)))
    return heard


def place(panel, row, column):
    return panel.table.visualRect(panel.table.model().index(row, column)).center()


def click(panel, row, column=Column.INDEX):
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, row, column))


def opened(panel, row, column):
    """The editor over a cell, opened by a double click."""
    where = place(panel, row, column)
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    return editor(panel)


def editor(panel):
    found = [edit for edit in panel.table.findChildren(CellEdit) if edit.isVisible()]
    return found[0] if found else None


def test_typing_over_a_cell(panel, told, qtbot):
    click(panel, 1, Column.OUTPUT_WEIGHT)
    type_text(panel.table, "−")
    edit = editor(panel)
    type_text(edit, "2,5")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert told == [("selected", 1), (W2, -2.5)]
    qtbot.waitUntil(lambda: editor(panel) is None)
    assert panel.table.hasFocus()


def test_a_double_click_opens_all_digits(panel, told, qtbot):
    value = 0.12345678901
    panel.show_network(three_segments().with_values({W2: value}), -1.0, 1.0)
    edit = opened(panel, 1, Column.OUTPUT_WEIGHT)
    qtbot.waitUntil(edit.hasFocus)
    assert edit.text() == "0.12345678901"
    assert edit.width() >= panel.table.columnWidth(Column.OUTPUT_WEIGHT)
    assert panel.table.viewport().rect().contains(edit.geometry())
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert told == [("selected", 1)]


def test_arrow_keys_in_a_cell_act_at_once(panel, told):
    edit = opened(panel, 1, Column.OUTPUT_WEIGHT)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    QTest.keyClick(edit, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert told == [("selected", 1), (W2, -7.9), (W2, -6.9)]


def test_return_opens_an_editor(panel):
    click(panel, 0, Column.HIDDEN_WEIGHT)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert editor(panel) is not None


@pytest.mark.parametrize("text", ["nan", "1e308"])
def test_refused_in_a_cell(panel, told, text):
    edit = opened(panel, 1, Column.OUTPUT_WEIGHT)
    type_text(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert len(told) == 2
    assert told[1].startswith(f"w₂: '{text}' ")
    assert told[1].endswith("; kept −8.000")


def test_escape_in_a_cell_keeps_the_value(panel, told, qtbot):
    edit = opened(panel, 1, Column.OUTPUT_WEIGHT)
    type_text(edit, "12")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: editor(panel) is None)
    assert told == [("selected", 1)]


def test_an_open_editor_survives_refreshes(panel, told):
    edit = opened(panel, 1, Column.OUTPUT_WEIGHT)
    type_text(edit, "4")
    for i in range(30):
        panel.show_network(three_segments().with_values({W2: float(i)}), -1.0, 1.0)
        QApplication.processEvents()
    assert editor(panel) is edit
    assert edit.text() == "4"
    type_text(edit, "2")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert told == [("selected", 1), (W2, 42.0)]


def test_an_untouched_editor_stays_as_it_was_opened(panel, told):
    edit = opened(panel, 1, Column.OUTPUT_WEIGHT)
    panel.show_network(three_segments().with_values({W2: 1.0}), -1.0, 1.0)
    assert edit.value() == -8.0
    click(panel, 2)
    assert told == [("selected", 1), ("selected", 2)]


@pytest.mark.parametrize("column", [Column.INDEX, Column.KINK, Column.SLOPE, Column.STATUS])
def test_derived_cells_open_no_editor(panel, column):
    assert opened(panel, 0, column) is None


def test_letters_open_no_editor(panel):
    click(panel, 1, Column.OUTPUT_WEIGHT)
    type_text(panel.table, "q ")
    assert editor(panel) is None


def test_locked_cells_open_no_editor(panel):
    panel.set_locked(Locks(frozenset({W2, OUTPUT_BIAS})))
    assert opened(panel, 1, Column.OUTPUT_WEIGHT) is None
    assert panel.output_bias.isReadOnly()
    QTest.keyClick(panel.output_bias, Qt.Key.Key_Up)
    assert panel.output_bias.value() == -1.0
    panel.set_locked(Locks())
    assert opened(panel, 1, Column.OUTPUT_WEIGHT) is not None
    assert not panel.output_bias.isReadOnly()


def test_selecting_by_mouse_and_keyboard(panel, told):
    click(panel, 0)
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Escape)
    assert told == [("selected", 0), ("selected", 1), ("selected", None)]


def test_hovering(panel, told):
    viewport = panel.table.viewport()
    QTest.mouseMove(viewport, place(panel, 0, Column.INDEX))
    QTest.mouseMove(viewport, place(panel, 2, Column.STATUS))
    QTest.mouseMove(viewport, place(panel, 2, Column.INDEX))
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert told == [("hovered", 0), ("hovered", 2), ("hovered", None)]


def test_highlighting_is_silent(panel, told):
    panel.set_highlight(2, 0)
    assert panel.table.currentIndex().row() == 2
    panel.set_highlight(None, None)
    assert not panel.table.selectionModel().hasSelection()
    assert told == []
    click(panel, 2)
    assert told == [("selected", 2)]


def test_a_selected_neuron_that_goes_leaves_no_selection(panel, told):
    panel.show_network(random_network(8), -1.0, 1.0)
    panel.set_highlight(7, 6)
    panel.show_network(random_network(4), -1.0, 1.0)
    assert not panel.table.selectionModel().hasSelection()
    assert told == []


def test_the_selection_stays_over_other_sizes(panel, told):
    panel.set_highlight(1, None)
    panel.show_network(random_network(40), -1.0, 1.0)
    assert panel.table.currentIndex().row() == 1
    assert panel.table.selectionModel().isRowSelected(1)
    assert told == []


def test_a_neuron_can_be_chosen_before_its_row_is_there(panel, told):
    panel.set_highlight(4, None)
    assert not panel.table.selectionModel().hasSelection()
    panel.show_network(random_network(5), -1.0, 1.0)
    assert panel.table.selectionModel().isRowSelected(4)
    assert told == []


def test_copying_rows(panel):
    click(panel, 0)
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1\t1\t1\t4\t-1\t4\tactive\n2\t1\t0.5\t-8\t-0.5\t-8\tactive\n"


def test_the_output_bias(panel, told):
    panel.output_bias.setFocus(Qt.FocusReason.TabFocusReason)
    type_text(panel.output_bias, "0.5")
    QTest.keyClick(panel.output_bias, Qt.Key.Key_Return)
    QTest.keyClick(panel.output_bias, Qt.Key.Key_Down)
    assert told == [(OUTPUT_BIAS, 0.5), (OUTPUT_BIAS, 0.4)]


def test_showing_is_silent(panel, told):
    panel.show_network(random_network(30), -2.0, 2.0)
    panel.set_locked(Locks(frozenset({W2})))
    panel.set_palette(DARK)
    panel.set_icons({"padlock": QIcon(), "padlock_open": QIcon()})
    QApplication.processEvents()
    assert told == []


def test_all_columns_fit(panel):
    panel.show_network(random_network(100), -1.0, 1.0)
    QApplication.processEvents()
    table: QTableView = panel.table
    assert sum(table.columnWidth(column) for column in Column) <= table.viewport().width()
    assert min(table.columnWidth(column) for column in NUMBERS) > table.fontMetrics().horizontalAdvance("−0.000")


def test_a_neuron_has_its_colour(panel):
    for palette in (LIGHT, DARK):
        panel.set_palette(palette)
        panel.set_highlight(None, None)
        image = panel.table.viewport().grab().toImage()
        rect = panel.table.visualRect(panel.table.model().index(1, Column.INDEX))
        colours = {image.pixelColor(x, rect.center().y()).name() for x in range(rect.left(), rect.right())}
        assert palette.neuron(1) in colours


def test_many_neurons_are_cheap(panel):
    networks = [random_network(10_000, seed) for seed in range(9)]
    panel.show_network(networks[0], -1.0, 1.0)
    QApplication.processEvents()
    rebuilt = []
    model = panel.table.model()
    for signal in (model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved):
        signal.connect(lambda *_: rebuilt.append(True))
    # Measured: half as long as one of a row's numbers as text takes.
    assert times_as_dear(lambda i: panel.show_network(networks[i], -1.0, 1.0), lambda i: one_column(networks[i])) < 2.0
    assert rebuilt == []


def test_painting_many_neurons_is_no_dearer_than_few(panel, qtbot):
    other = NeuronsPanel()
    qtbot.addWidget(other)
    other.resize(panel.size())
    with qtbot.waitExposed(other):
        other.show()
    panel.show_network(random_network(10_000), -1.0, 1.0)
    other.show_network(random_network(30), -1.0, 1.0)
    QApplication.processEvents()
    many, few = panel.table.viewport(), other.table.viewport()
    assert times_as_dear(lambda _: many.repaint(), lambda _: few.repaint()) < 4.0


def test_hovering_below_the_rows_is_hovering_nothing(panel, told):
    QTest.mouseMove(panel.table.viewport(), place(panel, 0, Column.INDEX))
    QTest.mouseMove(panel.table.viewport(), QPoint(20, panel.table.viewport().height() - 5))
    assert told == [("hovered", 0), ("hovered", None)]
