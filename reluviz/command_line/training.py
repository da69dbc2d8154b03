"""`reluviz train`: train without a window, progress on stderr, result on stdout."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reluviz.command_line.arguments import OneLineParser, UsageError, number, shown, whole_number
from reluviz.command_line.opening import opened
from reluviz.command_line.output import print_result
from reluviz.command_line.progress import Progress
from reluviz.command_line.result import Result
from reluviz.command_line.training_options import add_training_options, named_option, overridden
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.core.stopping import Stopping
from reluviz.core.trainer import Trainer
from reluviz.document.examples import DEFAULT
from reluviz.document.storage import SUFFIX, OpenedDocument, save

DEFAULT_STEPS = 1000

_CHUNK_SECONDS = 0.05


def _parser() -> OneLineParser:
    parser = OneLineParser(
        "reluviz train",
        "Train a document without a window. Options override what the document says;\n"
        "what changes the network's shape or start initialises it anew. Progress goes\n"
        "to stderr, the result to stdout.",
        "example:\n  reluviz train sine-by-5-relus --neurons 12 --steps 20000 --json",
    )
    parser.usage = "reluviz train [FILE|EXAMPLE] [options]"
    add = parser.add_argument
    add("document", nargs="?", default=DEFAULT, metavar="FILE|EXAMPLE", help=f"what to train (default: {DEFAULT})")
    add_training_options(parser)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=whole_number, metavar="N", help="length of training; 0 prints the start")
    length.add_argument("--epochs", type=whole_number, metavar="N", help="the same in passes over all samples")
    add("--loss-goal", type=number, metavar="F", help="stop when the training loss is no more than this")
    add("--plateau", type=whole_number, metavar="N", help="stop when the best loss has not sunk for N steps")
    add("--plateau-tolerance", type=number, metavar="F", help="by what part it has to sink to count (usual: 0.001)")
    add("--save", type=Path, metavar="OUT.reluviz", help="store the trained document")
    add("--json", action="store_true", help="print the result as one JSON object, numbers in full precision")
    return parser


def train(arguments: Sequence[str]) -> int:
    """Carry out the command. The exit code: 2 where J diverged, else 0. Raises UsageError, DocumentError."""
    options = _parser().parse(arguments)
    document = overridden(opened(options.document)[0], options)
    document = replace(document, settings=_with_end(document.settings, options))
    if options.save is not None:
        _check_savable(options.save)
    result = _trained(document, is_length=options.steps is not None or options.epochs is not None)
    print_result(result.as_json() if options.json else result.as_text(options.document))
    if result.diverged:
        rate = document.settings.learning_rate
        unsaved = "" if options.save is None else f", {shown(str(options.save))} is not written"
        raise UsageError(
            f"J diverged at step {document.step + result.steps + 1} with learning rate {rate:g}: "
            f"the result is the last finite state{unsaved}; try a smaller --learning-rate"
        )
    if options.save is not None:
        save(replace(document, network=result.network, step=document.step + result.steps), options.save)
    return 0


def _with_end(settings: TrainingSettings, options: argparse.Namespace) -> TrainingSettings:
    """Settings that say when training ends. Raises UsageError."""
    with named_option("--loss-goal"):
        if options.loss_goal is not None:
            settings = replace(settings, loss_goal=options.loss_goal)
    with named_option("--plateau"):
        if options.plateau is not None:
            settings = replace(settings, plateau=replace(settings.plateau or Plateau(), steps=options.plateau))
    with named_option("--plateau-tolerance"):
        if options.plateau_tolerance is not None:
            if settings.plateau is None:
                raise UsageError("--plateau-tolerance: of which plateau? (--plateau N)")
            settings = replace(settings, plateau=replace(settings.plateau, tolerance=options.plateau_tolerance))
    if options.steps is not None:
        with named_option("--steps"):
            return replace(settings, steps=options.steps, epochs=None)
    if options.epochs is not None:
        with named_option("--epochs"):
            return replace(settings, steps=None, epochs=options.epochs)
    ends = (settings.steps, settings.epochs, settings.loss_goal, settings.plateau)
    return replace(settings, steps=DEFAULT_STEPS) if ends == (None,) * 4 else settings


def _check_savable(path: Path) -> None:
    if path.suffix != SUFFIX:
        raise UsageError(f"--save: '{shown(str(path))}' must end in {SUFFIX}")
    if not path.parent.is_dir():
        raise UsageError(f"--save: there is no folder '{shown(str(path.parent))}'")


def _trained(document: OpenedDocument, is_length: bool) -> Result:
    """Train on from where the document stands; its last step counts from there on if it `is_length`."""
    start, random = document.start.begin(document.target.low, document.target.high)
    network, first = (start, 0) if document.network is None else (document.network, document.step)
    try:
        split = document.sampling.split(document.target)
        document.settings.check_for(len(split.training))
        settings = _ending(document.settings, len(split.training), first, is_length)
    except ValueError as error:
        raise UsageError(str(error)) from None
    last = settings.steps
    with Progress(first, last) as progress:
        # A first step on the side, so that compiling is not taken for training.
        Trainer(network, split.training, settings).run(1)
        trainer = Trainer(network, split.training, settings, random, document.locks, split.validation)
        trainer.step = first
        loss_before = trainer.loss()
        stopping = Stopping(settings, len(split.training), first)
        is_there = last == first or (settings.loss_goal is not None and loss_before <= settings.loss_goal)
        seconds, chunk, diverged, verdict_at = 0.0, 1, False, _next_verdict(stopping, trainer)
        while not is_there and not diverged:
            steps = chunk if verdict_at is None else min(chunk, verdict_at - trainer.step)
            begun = time.perf_counter()
            diverged = trainer.run(steps) < steps
            took = time.perf_counter() - begun
            seconds += took
            # Between chunks Ctrl-C is heard.
            chunk = max(1, int(steps * min(2.0, _CHUNK_SECONDS / max(took, 1e-9))))
            if trainer.step == verdict_at:
                is_there = stopping.verdict(trainer.step, trainer.loss()) is not None
                verdict_at = _next_verdict(stopping, trainer)
            progress.update(trainer)
    return Result(
        trainer.step - first, seconds, loss_before, trainer.loss(), trainer.validation_loss(), trainer.network, diverged
    )


def _ending(settings: TrainingSettings, samples: int, first: int, is_length: bool) -> TrainingSettings:
    """The settings with their end as a step, of a run that begins at step `first`. Raises ValueError."""
    last = settings.last_step(samples)
    if last is not None and (is_length or last <= first):
        # Past its end a document trains as long again.
        last += first
    return replace(settings, steps=last, epochs=None)


def _next_verdict(stopping: Stopping, trainer: Trainer) -> int | None:
    """The step at which to ask whether the run ends; None where nothing ends it but divergence."""
    left = stopping.steps_left(trainer.step)
    return None if left is None else trainer.step + max(1, left)
