"""`reluviz train`: train without a window, progress on stderr, result on stdout."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from reluviz.command_line.arguments import (
    OneLineParser,
    UsageError,
    activation_name,
    number,
    one_of,
    shown,
    whole_number,
)
from reluviz.command_line.opening import opened
from reluviz.command_line.output import print_result
from reluviz.command_line.progress import Progress
from reluviz.command_line.result import Result
from reluviz.command_line.target import chosen_target
from reluviz.core.activation import ACTIVATIONS, activation_named
from reluviz.core.data_target import DataTarget
from reluviz.core.initializer import INITIALIZERS
from reluviz.core.loss import LOSSES
from reluviz.core.optimizer import OPTIMIZERS
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.stopping import Stopping
from reluviz.core.target import FUNCTIONS, check_domain
from reluviz.core.trainer import Trainer
from reluviz.document.examples import DEFAULT
from reluviz.document.storage import SUFFIX, OpenedDocument, save

DEFAULT_STEPS = 1000

_CHUNK_SECONDS = 0.05


def _batch_size(text: str) -> int | str:
    return text if text == "full" else whole_number(text)


def _parser() -> OneLineParser:
    parser = OneLineParser(
        "reluviz train",
        "Train a document without a window. Options override what the document says;\n"
        "what changes the network's shape or start initialises it anew. Progress goes\n"
        "to stderr, the result to stdout.",
        "example:\n  reluviz train sine-by-5-relus --neurons 12 --steps 20000 --json",
    )
    add = parser.add_argument
    add("document", nargs="?", default=DEFAULT, metavar="FILE|EXAMPLE", help=f"what to train (default: {DEFAULT})")
    add(
        "--target",
        metavar="FORMULA|CSV",
        help="what to approximate: a formula in x (y=… where it begins with a minus), a file of data whose name "
        f"ends in .csv, .tsv, .txt or .dat, or {', '.join(FUNCTIONS)}",
    )
    add("--domain", type=number, nargs=2, metavar=("LOW", "HIGH"), help="where to sample the target, ends included")
    add("--samples", type=whole_number, metavar="N", help="number of equally spaced samples")
    add("--neurons", type=whole_number, metavar="N", help="number of hidden neurons")
    add(
        "--activation",
        type=activation_name,
        metavar="NAME",
        help=f"{', '.join(ACTIVATIONS)}; leaky_relu(0.2) with a slope of its own",
    )
    add("--initializer", type=one_of(INITIALIZERS), metavar="NAME", help=", ".join(INITIALIZERS))
    add("--seed", type=whole_number, metavar="N", help="seed of the random draws")
    add("--optimizer", type=one_of(OPTIMIZERS), metavar="NAME", help=", ".join(OPTIMIZERS))
    add("--learning-rate", type=number, metavar="F", help="step size along the gradient")
    add("--batch-size", type=_batch_size, metavar="N|full", help="samples per step")
    add("--loss", type=one_of(LOSSES), metavar="NAME", help=", ".join(LOSSES))
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=whole_number, metavar="N", help="length of training; 0 prints the start")
    length.add_argument("--epochs", type=whole_number, metavar="N", help="the same in passes over all samples")
    add("--save", type=Path, metavar="OUT.reluviz", help="store the trained document")
    add("--json", action="store_true", help="print the result as one JSON object, numbers in full precision")
    return parser


def train(arguments: Sequence[str]) -> int:
    """Carry out the command. The exit code: 2 where J diverged, else 0. Raises UsageError, DocumentError."""
    options = _parser().parse(arguments)
    document = overridden(opened(options.document)[0], options)
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


@contextmanager
def _option(name: str) -> Iterator[None]:
    """Say which option the core complains about."""
    try:
        yield
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def overridden(document: OpenedDocument, options: argparse.Namespace) -> OpenedDocument:
    """The document with the options' values in place of its own. Raises UsageError naming the impossible one."""
    target, sampling, settings = document.target, document.sampling, document.settings
    if options.target is not None:
        low, high = options.domain or (target.low, target.high)
        with _option("--domain"):
            check_domain(low, high)
        target = chosen_target(options.target, low, high)
        if isinstance(target, DataTarget):
            # As below: a recipe's limit is about its own rows.
            settings = replace(settings, window_limit=None)
    if options.domain is not None:
        with _option("--domain"):
            target = target.on_domain(*options.domain)
    if options.samples is not None and options.samples != sampling.samples:
        with _option("--samples"):
            sampling = replace(sampling, samples=options.samples)
        # The limit belongs to a recipe's own data; kept, it would hide most of a larger set.
        settings = replace(settings, window_limit=None)
    if options.optimizer is not None:
        settings = replace(settings, optimizer=replace(settings.optimizer, name=options.optimizer))
    if options.loss is not None:
        settings = replace(settings, loss=options.loss)
    if options.learning_rate is not None:
        with _option("--learning-rate"):
            settings = replace(settings, learning_rate=options.learning_rate)
    if options.batch_size is not None:
        with _option("--batch-size"):
            settings = replace(settings, batch_size=None if options.batch_size == "full" else options.batch_size)
    settings = _fitting(settings, sampling.trained(target), options)
    with _option("--steps" if options.epochs is None else "--epochs"):
        settings = _with_end(settings, options)
    changed = replace(document, target=target, sampling=sampling, settings=settings)
    if (options.target, options.domain, options.samples, options.loss) != (None,) * 4:
        # What it was kept to compare with was trained on something else.
        changed = replace(changed, kept=None)
    start = _start(document.start, options)
    return changed if start is None else replace(changed, start=start, network=None, step=0)


def _fitting(settings: TrainingSettings, samples: int, options: argparse.Namespace) -> TrainingSettings:
    """The settings for so many samples: where a document's batch is larger all are taken, which is said on stderr.

    Raises UsageError for a batch that was asked for.
    """
    if options.batch_size is not None:
        with _option("--batch-size"):
            settings.check_for(samples)
    settings, note = settings.fitting(samples)
    if note:
        print(f"reluviz: {note}", file=sys.stderr)
    return settings


def _with_end(settings: TrainingSettings, options: argparse.Namespace) -> TrainingSettings:
    """Settings that say when training ends; a loss to reach and a plateau are the document's own business."""
    if options.steps is not None:
        return replace(settings, steps=options.steps, epochs=None)
    if options.epochs is not None:
        return replace(settings, steps=None, epochs=options.epochs)
    ends = (settings.steps, settings.epochs, settings.loss_goal, settings.plateau)
    return replace(settings, steps=DEFAULT_STEPS) if ends == (None,) * 4 else settings


def _start(start: Start, options: argparse.Namespace) -> Start | None:
    """A new start where an option changes it, else None."""
    if (options.neurons, options.activation, options.initializer, options.seed) == (None,) * 4:
        return None
    start = start.anew()
    if options.activation is not None:
        start = replace(start, activation=activation_named(options.activation))
    if options.initializer is not None:
        start = replace(start, initializer=options.initializer)
    if options.neurons is not None:
        with _option("--neurons"):
            start = replace(start, neurons=options.neurons)
    if options.seed is not None:
        with _option("--seed"):
            start = replace(start, seed=options.seed)
    return start


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
