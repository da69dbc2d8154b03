"""How kernels are compiled: to run without the GIL, kept in Numba's cache, anew when a kernel they call changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast, overload

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


@overload
def compiled(function: Function) -> Function: ...
@overload
def compiled(
    *, inline: bool = False, fast: frozenset[str] = frozenset(), keeps_gil: bool = False
) -> Callable[[Function], Function]: ...
def compiled(
    function: Function | None = None,
    *,
    inline: bool = False,
    fast: frozenset[str] = frozenset(),
    keeps_gil: bool = False,
) -> Function | Callable[[Function], Function]:
    """Compile `function` on its first call.

    `inline` forces it into its callers: passing a dozen arrays costs more than three neurons. `fast` names LLVM's
    fast-math flags. What `keeps_gil` is over before another thread would have noticed that it could have had it, and
    need not wait for that thread to give it back.
    """

    def compile_on_call(function: Function) -> Function:
        dispatcher: Any = njit(
            nogil=not keeps_gil,
            cache=True,
            error_model="numpy",
            forceinline=inline,
            fastmath=set(fast) if fast else False,
        )(function)
        _watch_callees(dispatcher)
        return cast(Function, dispatcher)

    return compile_on_call if function is None else compile_on_call(function)


def _watch_callees(dispatcher: Any) -> None:
    """Make the cache entry hang on the source files of the kernels called, too, and on the values of constants.

    Numba compares the caller's own file only, but the callees' code is part of what it caches. A callee's stamp already
    contains those of its own callees.
    """
    own = source_stamp(dispatcher)
    if own is None:
        return
    function = dispatcher.py_func
    named = [function.__globals__.get(name) for name in function.__code__.co_names]
    stamps = [stamp for value in named if (stamp := source_stamp(value)) is not None]
    constants = tuple(value for value in named if isinstance(value, int | float | tuple))
    dispatcher._cache._cache_file._source_stamp = (own, constants, *stamps)


def source_stamp(dispatcher: Any) -> object:
    """By what Numba's cache tells one version of a kernel's source from another; None for what is not compiled."""
    return getattr(getattr(getattr(dispatcher, "_cache", None), "_cache_file", None), "_source_stamp", None)
