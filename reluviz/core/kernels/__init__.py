"""The compiled inner loops of training. They release the GIL, unless they are over at once, and allocate nothing.

What they work on is in `reluviz.core.operands`. Importing this package imports Numba, which takes a second; the first
call in a machine's life compiles. So import it off the GUI thread.
"""

from reluviz.core.kernels.dense import dense_mean_cost, dense_steps
from reluviz.core.kernels.full_batch import full_batch_steps
from reluviz.core.kernels.summed_square import summed_square
from reluviz.core.kernels.summing import fill_prefix_sums
from reluviz.core.kernels.sweep import mean_cost, mean_cost_at_once, sweep_steps
from reluviz.core.kernels.update import update_once

__all__ = [
    "dense_mean_cost",
    "dense_steps",
    "fill_prefix_sums",
    "full_batch_steps",
    "mean_cost",
    "mean_cost_at_once",
    "summed_square",
    "sweep_steps",
    "update_once",
]
