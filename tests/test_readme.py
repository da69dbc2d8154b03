"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from reluviz.app.actions import Actions

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)


def test_opens_with_one_picture_and_exactly_two_commands():
    assert re.findall(r"!\[[^]]+\]\(([^)]+)\)", README) == ["resources/screenshot.png"]
    commands = blocks("sh")
    assert len(commands) == 2
    assert all(command.count("\n") == 1 for command in commands)
    assert [command.split(" && ")[-1] for command in commands] == [
        ".venv/bin/reluviz\n",
        ".venv/bin/python -m pytest -q -n 2\n",
    ]
    assert README.index("screenshot.png") < README.index("```sh") < README.index("## ")


def test_continuous_integration_runs_the_test_command():
    pattern = re.search(r"grep -E '(.*)' README\.md", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert pattern is not None
    assert re.findall(pattern[1] + ".*", README, flags=re.MULTILINE) == [blocks("sh")[1].rstrip("\n")]


def test_library_example_runs(capsys):
    example = blocks("python")[0]
    exec(compile(example, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line[0].isdigit()] == ["10000", "20000", "30000", "40000", "50000"]
    assert float(lines[-1].split()[1]) < 0.01


def test_example_with_data_runs(capsys):
    example = blocks("python")[1]
    exec(compile(example, "README.md", "exec"), {})
    *lines, value = capsys.readouterr().out.splitlines()
    numbers = np.array([line.split() for line in lines], dtype=float)
    assert numbers[:, 0].tolist() == [2000, 4000, 6000]
    assert (numbers[-1, 1:] < 0.01).all()
    assert abs(float(value.strip("[]")) - np.exp(-1.5) * np.cos(7.5)) < 0.1


def test_every_key_in_the_table_does_something(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    known = {keys.toString() for action in Actions(window).named.values() for keys in action.shortcuts()}
    table = README[README.index("| mouse and keys") : README.index("## Command line")]
    cells = re.findall(r"^\| ([^|a-z]\S* ?[^|]*) \|", table, flags=re.MULTILINE)
    keys = [key.strip() for cell in cells for key in cell.split(" · ")]
    assert len(keys) > 12
    assert [key for key in keys if QKeySequence(key).toString() not in known] == []
