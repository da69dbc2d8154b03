"""The array types that the values of this package are made of."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
CountArray = npt.NDArray[np.uint32]


def frozen(values: npt.ArrayLike) -> FloatArray:
    """A read-only float64 copy of `values`."""
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


def owned(array: FloatArray) -> FloatArray:
    """An array that nobody else has, read-only from here on."""
    array.setflags(write=False)
    return array


def kept(values: npt.ArrayLike) -> FloatArray:
    """`values` themselves where they are a float64 array that cannot change any more, else a read-only copy."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and values.base is None:
        return frozen(values) if values.flags.writeable else values
    return frozen(values)
