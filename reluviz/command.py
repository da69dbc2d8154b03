"""The command `reluviz`. What takes time is loaded inside, so that Ctrl-C is answered quietly from the start."""

import sys


def main() -> int:
    """Carry out the process's command line. Its exit code, see `reluviz.cli.main`."""
    try:
        from reluviz.cli import main as run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        missing = f"the package '{error.name}' is not installed"
        print(f"reluviz: {missing}; the README's first command installs all it needs", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("reluviz: interrupted", file=sys.stderr)
        return 130
    return run()
