"""Noise and split in the target panel."""

import pytest
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.core.dataset import Sampling
from reluviz.core.target import FunctionTarget
from reluviz.panels.target_panel import TargetPanel


@pytest.fixture
def fields(qtbot):
    panel = TargetPanel()
    qtbot.addWidget(panel)
    panel.show_target(FunctionTarget("sine"), Sampling(100, noise=0.5, noise_seed=3, validation=0.2, validation_seed=4))
    panel.sampling_fields.set_folded(False)
    panel.show()
    panel.sampling_fields.panel = panel
    return panel.sampling_fields


@pytest.fixture
def told(fields):
    heard = []
    fields.sampling_wished.connect(heard.append)
    fields.panel.refused.connect(heard.append)
    return heard


def enter(edit, text):
    edit.selectAll()
    type_text(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_each_field_tells_its_own_value(fields, told):
    enter(fields.noise, "0,25")
    enter(fields.noise_seed, "7")
    enter(fields.validation, "0.5")
    enter(fields.validation_seed, "8")
    assert told == [{"noise": 0.25}, {"noise_seed": 7}, {"validation": 0.5}, {"validation_seed": 8}]


def test_showing_is_silent_and_says_it_in_short(fields, told):
    assert (fields.noise.value(), fields.validation.value()) == (0.5, 0.2)
    assert (fields.noise_seed.value(), fields.validation_seed.value()) == (3, 4)
    assert fields.button.summary == "noise 0.5, validation 0.2"
    assert fields.noise_seed.isEnabled()
    fields.show_sampling(Sampling())
    assert fields.button.summary == "exact"
    assert not fields.noise_seed.isEnabled()
    assert not fields.validation_seed.isEnabled()
    assert told == []


def test_the_part_for_validation_can_be_typed_in_percent(fields, told):
    for text in ("30%", "12,5 %", "130%", "x%"):
        enter(fields.validation, text)
    assert told == [
        {"validation": 0.3},
        {"validation": 0.125},
        "validation: the validation part must be at least 0 and less than 1, not 1.3; kept 0.125",
        "validation: 'x%' is not a finite number; kept 0.125",
    ]


def test_what_is_no_number_is_refused_there(fields, told):
    enter(fields.noise, "-1")
    enter(fields.validation, "2")
    assert told[0].startswith("noise: noise must lie from 0 to 1e+100, not -1; kept ")
    assert told[1] == "validation: the validation part must be at least 0 and less than 1, not 2; kept 0.2"


def test_arrows_from_none_to_some_and_back(fields, told):
    fields.show_sampling(Sampling())
    QTest.keyClick(fields.noise, Qt.Key.Key_Up)
    QTest.keyClick(fields.validation, Qt.Key.Key_Up)
    assert told == [{"noise": 0.1}, {"validation": 0.5}]
    for _ in range(8):
        QTest.keyClick(fields.noise, Qt.Key.Key_Down)
    assert told[-1] == {"noise": 0.0}
