"""`python -m reluviz` is the command `reluviz`."""

import sys

from reluviz.command import main

if __name__ == "__main__":
    sys.exit(main())
