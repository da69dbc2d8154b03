"""One-hidden-layer networks in one variable, neuron by neuron.

This is the library for notebooks and scripts: no Qt, no files, no threads. Numba is imported and the kernels compiled
(once per machine) when a Trainer first runs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

# The library's names are loaded as they are asked for (PEP 562): the command is a part of this package, and has to be
# there for Ctrl-C before NumPy is.
if TYPE_CHECKING:
    from reluviz.library import *  # noqa: F403 - its __all__ is the one place that lists the names
else:

    def __getattr__(name: str) -> object:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        library = import_module("reluviz.library")
        if name == "__all__" or name in library.__all__:
            return getattr(library, name)
        raise AttributeError(f"module 'reluviz' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *import_module("reluviz.library").__all__})
