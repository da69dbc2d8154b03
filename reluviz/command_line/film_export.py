"""`reluviz export` of animations: the same job as the window's, with a bar on stderr."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from reluviz.command_line.arguments import UsageError, shown
from reluviz.command_line.display import why_no_qt
from reluviz.command_line.film_options import chosen_film
from reluviz.command_line.film_progress import FilmProgress
from reluviz.command_line.interrupt import held_interrupt
from reluviz.core.film_format import format_of
from reluviz.core.film_run import FilmedRun
from reluviz.core.filmed import Filmed
from reluviz.document.opened import OpenedDocument
from reluviz.files.destination import DestinationError, reason


def export_film(options: argparse.Namespace, document: OpenedDocument, name: str) -> None:
    """Write an animation to the file or folder `name`. Raises UsageError, and KeyboardInterrupt after Ctrl-C."""
    recipe = chosen_film(options, format_of(name), document.film)
    missing = why_no_qt() or _why_no_encoder()
    if missing is not None:
        raise UsageError(missing)
    try:
        split = document.sampling.split(document.target)
    except ValueError as error:
        raise UsageError(str(error)) from None
    with held_interrupt():
        from reluviz.export.film_job import FilmJob  # noqa: PLC0415
        from reluviz.export.film_writer import WriterError  # noqa: PLC0415
        from reluviz.export.headless import headless_application  # noqa: PLC0415
        from reluviz.export.headless_film import FilmFailure, carry_out  # noqa: PLC0415
        from reluviz.export.subject import Subject  # noqa: PLC0415

        application = headless_application()
    try:
        subject = Subject.of(document, document.picture, document.title, split, document.kept)
        job = FilmJob(filmed_of(document), recipe, subject, Path(name), replaces=options.force)
        with FilmProgress(recipe.frames) as progress:
            carry_out(job, lambda: progress.show(job.is_preparing, job.part, job.done, job.seconds_left))
    except FilmFailure as error:
        raise UsageError(f"{shown(name)}: not written: {error}") from None
    except OSError as error:
        raise UsageError(f"{shown(name)}: {reason(error)}") from None
    except (DestinationError, WriterError) as error:
        hint = " (--force replaces it)" if "already" in str(error) else ""
        raise UsageError(f"{error}{hint}") from None
    del application
    if job.note:
        print(f"reluviz: {job.note}", file=sys.stderr)


def filmed_of(document: OpenedDocument) -> Filmed:
    """What there is to make a film of."""
    network = document.network or document.start.begin(document.target.low, document.target.high)[0]
    run = FilmedRun(
        document.target, document.sampling, document.start, document.settings, document.locks, step=document.step
    )
    return Filmed(run, network, document.picture, document.timeline.recording)


def _why_no_encoder() -> str | None:
    try:
        importlib.import_module("av")
    except ImportError as error:
        return (
            f"animations need PyAV, which cannot be loaded: {str(error).partition(':')[0]} (python -m pip install av)"
        )
    return None
