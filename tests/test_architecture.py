"""Who may import whom, and how long a module may be: design rules that would otherwise wear away."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "reluviz"
MODULES = sorted(
    path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "resources" not in path.parts
)
MAX_LINES = 300

QT = {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg"}

# Folder or module: the parts of reluviz, and the libraries, that it may import beside itself and Python's own.
ALLOWED: dict[str, set[str]] = {
    "__init__.py": {"library"},
    "library.py": {"core"},
    "command.py": {"cli"},
    "__main__.py": {"command"},
    "resource_files.py": set(),
    # Names, places and whole-or-nothing writing: what documents, pictures and films share, on Python's own library.
    "files": set(),
    "cli.py": {"__init__", "command_line", "document", "app.application"},
    "core": {"numpy", "numba"},
    "document": {"core", "files", "resource_files", "numpy", "msgspec", "PySide6.QtCore", "PySide6.QtGui"},
    "training": {"core", "numpy"},
    "plot": {"core", "numpy", "pyqtgraph"} | QT,
    "panels": {"core", "numpy"} | QT,
    "export": {"core", "files", "plot", "numpy", "av"} | QT,
    "command_line": {"core", "document", "export", "files"},
    "app": {
        "core",
        "document",
        "training",
        "plot",
        "panels",
        "export",
        "files",
        "resource_files",
        "__init__",
        "numpy",
        "pyqtgraph",
    }
    | QT,
}
# Only these may import several of the parts that do not know one another.
JOINTS = {"app/wiring.py", "app/playback.py", "app/main_window.py", "app/application.py"}
STRANGERS = {"document", "training", "plot", "panels"}
NOT_IN_CORE = {"threading", "multiprocessing", "concurrent", "asyncio", "os", "io", "pathlib", "tempfile", "socket"}


def is_for_types_alone(node: ast.AST) -> bool:
    """Whether this is what a type checker alone runs."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imported(module: str, functions: bool = True) -> Iterator[str]:
    """What a module imports, as dotted names; without `functions`, only what loads with the module itself."""

    def walk(node: ast.AST) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (name.name for name in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, "imports are absolute"
                assert child.module is not None
                # `from package import module` names the module, not only the package.
                yield from (f"{child.module}.{name.name}" for name in child.names)
            elif functions or not (isinstance(child, ast.FunctionDef) or is_for_types_alone(child)):
                yield from walk(child)

    return walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8")))


def layer(module: str) -> str:
    return module.partition("/")[0]


def is_allowed(name: str, module: str) -> bool:
    root, _, rest = name.partition(".")
    if root in sys.stdlib_module_names:
        return True
    allowed = ALLOWED[layer(module)]
    if root == "reluviz":
        is_own_top_level = rest.startswith("__") or not rest
        part = "__init__" if is_own_top_level else rest
        return any(f"{part}.".startswith(f"{other}.") for other in {*allowed, layer(module)})
    return any(f"{name}.".startswith(f"{other}.") for other in allowed)


@pytest.mark.parametrize("module", MODULES)
def test_imports_keep_to_the_layers(module):
    assert layer(module) in ALLOWED, f"{layer(module)} has no rule yet"
    assert [name for name in imported(module) if not is_allowed(name, module)] == []


@pytest.mark.parametrize(
    ("name", "module", "expected"),
    [
        ("reluviz.core.network.Network", "plot/ray_item.py", True),
        ("reluviz.plot.ray_item", "panels/neuron_table.py", False),
        ("reluviz.app.wiring", "plot/ray_item.py", False),
        ("reluviz.__version__", "cli.py", True),
        ("reluviz.Network", "core/start.py", False),
        ("PySide6.QtCore.Qt", "core/start.py", False),
        ("PySide6.QtWidgets.QWidget", "document/document.py", False),
        ("threading", "training/worker.py", True),
        ("torch", "core/trainer.py", False),
    ],
)
def test_the_rule_itself(name, module, expected):
    assert is_allowed(name, module) is expected


@pytest.mark.parametrize("module", [module for module in MODULES if layer(module) == "core"])
def test_core_knows_no_files_and_no_threads(module):
    assert [name for name in imported(module) if name.partition(".")[0] in NOT_IN_CORE] == []


def test_parts_are_joined_in_one_place():
    joining = {
        module
        for module in MODULES
        if len({name.split(".")[1] for name in imported(module) if name.startswith("reluviz.")} & STRANGERS) > 1
    }
    assert joining <= JOINTS


@pytest.mark.parametrize("module", [m for m in MODULES if layer(m) in {"cli.py", "command_line", "__init__.py"}])
def test_command_line_loads_neither_qt_nor_the_app(module):
    heavy = ("PySide6", "pyqtgraph", "numba", "reluviz.app", "reluviz.plot", "reluviz.panels", "reluviz.export")
    assert [name for name in imported(module, functions=False) if name.startswith(heavy)] == []


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_short(module):
    lines = (PACKAGE / module).read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES, f"{module} has {lines} lines: it holds more than its name says"
