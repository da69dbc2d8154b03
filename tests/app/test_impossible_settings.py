"""Settings that cannot be: refused where they are typed and on the command line alike, in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.cli import main
from reluviz.panels.number_box import NumberBox

# The field's name, its option, what is typed, and what is said of it.
ALIKE = [
    ("samples", "--samples", "0", "a dataset has 1 to 10000000 samples, not 0"),
    ("samples", "--samples", "-5", "a dataset has 1 to 10000000 samples, not -5"),
    ("samples", "--samples", "1000000000", "a dataset has 1 to 10000000 samples, not 1000000000"),
    ("samples", "--samples", "1.5", "'1.5' is not a whole number"),
    ("samples", "--samples", "many", "'many' is not a whole number"),
    ("batch size", "--batch-size", "0", "a batch has at least 1 sample, not 0"),
    ("batch size", "--batch-size", "-1", "a batch has at least 1 sample, not -1"),
    ("batch size", "--batch-size", "2000", "a batch of 2000 is more than the 1024 samples"),
    ("batch size", "--batch-size", "2.5", "'2.5' is not a whole number"),
    ("learning rate", "--learning-rate", "0", "the learning rate must lie above 0 and up to 1000, not 0"),
    ("learning rate", "--learning-rate", "-0.1", "the learning rate must lie above 0 and up to 1000, not -0.1"),
    ("learning rate", "--learning-rate", "1e6", "the learning rate must lie above 0 and up to 1000, not 1e+06"),
    ("learning rate", "--learning-rate", "nan", "'nan' is not a finite number"),
    ("learning rate", "--learning-rate", "inf", "'inf' is not a finite number"),
    ("learning rate", "--learning-rate", "1e999", "'1e999' is not a finite number"),
    ("learning rate", "--learning-rate", "fast", "'fast' is not a finite number"),
    ("neurons", "--neurons", "0", "a network has 1 to 10000 neurons, not 0"),
    ("neurons", "--neurons", "10001", "a network has 1 to 10000 neurons, not 10001"),
    ("neurons", "--neurons", "-3", "a network has 1 to 10000 neurons, not -3"),
    ("seed", "--seed", "-1", "a seed is a whole number from 0 to 4294967295, not -1"),
    ("seed", "--seed", "4294967296", "a seed is a whole number from 0 to 4294967295, not 4294967296"),
    ("stop at step", "--steps", "-1", "steps must lie from 0 to 1000000000000, not -1"),
    ("stop after epochs", "--epochs", "-1", "epochs must lie from 0 to 1000000000000, not -1"),
    ("stop at step", "--steps", "10000000000000", "steps must lie from 0 to 1000000000000, not 10000000000000"),
]
# What has no option: the field's name, what is typed, what is said.
IN_THE_WINDOW = [
    ("momentum", "1", "momentum must be at least 0 and less than 1, not 1"),
    ("momentum", "1.5", "momentum must be at least 0 and less than 1, not 1.5"),
    ("momentum", "-0.1", "momentum must be at least 0 and less than 1, not -0.1"),
    ("β₁", "1", "beta1 must be at least 0 and less than 1, not 1"),
    ("β₂", "2", "beta2 must be at least 0 and less than 1, not 2"),
    ("ε", "0", "epsilon must lie above 0 and up to 1, not 0"),
    ("weight decay", "-1", "weight decay must lie from 0 to 1000, not -1"),
    ("weight decay", "1e6", "weight decay must lie from 0 to 1000, not 1e+06"),
    ("period", "0", "a period must lie from 1 to 1000000000000 steps, not 0"),
    ("γ", "0", "gamma must lie above 0 and up to 1, not 0"),
    ("γ", "2", "gamma must lie above 0 and up to 1, not 2"),
    ("least rate", "-1", "the least rate must be at least 0, not -1"),
    ("noise", "-1", "noise must lie from 0 to 1e+100, not -1"),
    ("validation", "1", "the validation part must be at least 0 and less than 1, not 1"),
    ("noise seed", "-1", "a seed is a whole number from 0 to 4294967295, not -1"),
]


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    yield app
    app.window.close()


def field_of(app: AppUnderTest, name: str) -> NumberBox:
    panels = (app.window.target_panel, app.window.network_panel, app.window.training_panel)
    found = [field for panel in panels for field in panel.findChildren(NumberBox) if field.accessibleName() == name]
    assert len(found) == 1, name
    return found[0]


def refusals(app: AppUnderTest, name: str, text: str) -> list[str]:
    """What the program says where `text` is typed in that field."""
    field, heard = field_of(app, name), []
    field.refused.connect(heard.append)
    field.setEnabled(True)
    field.lineEdit().setText(text)
    field.lineEdit().setModified(True)
    field.commit()
    field.refused.disconnect(heard.append)
    assert app.message == " ".join(heard[-1].split())
    return heard


def test_every_field_says_what_is_wrong_and_keeps_what_was(app: AppUnderTest) -> None:
    before = app.app.document.state
    for name, text, said in [(name, text, said) for name, _, text, said in ALIKE] + IN_THE_WINDOW:
        (message,) = refusals(app, name, text)
        assert re.fullmatch(rf"{re.escape(f'{name}: {said}')}; kept .+", message)
        assert app.app.document.state is before


@pytest.mark.parametrize(("option", "text", "said"), [row[1:] for row in ALIKE])
def test_the_command_line_says_the_same(capsys: pytest.CaptureFixture[str], option: str, text: str, said: str) -> None:
    assert main(["train", "sine-by-5-relus", option, text]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(rf"reluviz: {re.escape(f'{option}: {said}')}( \(reluviz train --help\))?\n", err)


# The ends as options, the field that is typed in and what, and what is said.
DOMAINS = [
    (("3", "3"), "low", "3", "the domain's end 3 must lie right of its start 3"),
    (("-3", "-4"), "high", "-4", "the domain's end -4 must lie right of its start -3"),
    (("-1e12", "3"), "low", "-1e12", "the domain must lie within ±1e+09"),
    (("2.9999999999", "3"), "low", "2.9999999999", "the domain is too narrow to draw"),
]


@pytest.mark.parametrize(("ends", "end", "text", "said"), DOMAINS)
def test_an_impossible_domain_is_refused_alike(
    app: AppUnderTest, capsys: pytest.CaptureFixture[str], ends: tuple[str, str], end: str, text: str, said: str
) -> None:
    assert main(["train", "sine-by-5-relus", "--domain", *ends]) == 2
    assert capsys.readouterr().err == f"reluviz: --domain: {said}\n"
    before = app.app.document.state
    field = getattr(app.window.target_panel, end)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said in app.message
    assert "; kept " in app.message
    assert app.app.document.state is before
