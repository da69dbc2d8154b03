"""The compiled inner loops of training. They release the GIL and allocate nothing.

What they work on is in `reluviz.core.operands`. Importing this package imports Numba, which takes a second; the first
call in a machine's life compiles. So import it off the GUI thread.
"""

from reluviz.core.kernels.dense import dense_mean_cost, dense_steps
from reluviz.core.kernels.full_batch import full_batch_steps
from reluviz.core.kernels.sweep import mean_cost, sweep_steps

__all__ = ["dense_mean_cost", "dense_steps", "full_batch_steps", "mean_cost", "sweep_steps"]
