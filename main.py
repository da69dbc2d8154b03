"""Start reluviz from a checkout: `python main.py` is the command `reluviz`."""

import sys

try:
    from reluviz.cli import main
except ModuleNotFoundError as error:
    sys.exit(f"reluviz: the package '{error.name}' is not installed; the README's first command installs all it needs")
except KeyboardInterrupt:
    print("reluviz: interrupted", file=sys.stderr)
    sys.exit(130)

if __name__ == "__main__":
    sys.exit(main())
