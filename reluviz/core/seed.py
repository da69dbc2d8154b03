"""Seeds of NumPy's legacy generator, which the tutorials draw from."""

from __future__ import annotations

MAX_SEED = 2**32 - 1


def check_seed(seed: int) -> None:
    """Raises ValueError where NumPy's legacy generator does not take the seed."""
    if not 0 <= seed <= MAX_SEED:
        raise ValueError(f"a seed is a whole number from 0 to {MAX_SEED}, not {seed}")
