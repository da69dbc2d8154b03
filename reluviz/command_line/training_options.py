"""The options that say what is trained and how, and the document that they make of the one that was opened."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from reluviz.command_line.arguments import OneLineParser, UsageError, activation_name, number, one_of, whole_number
from reluviz.command_line.target import chosen_target
from reluviz.core.activation import ACTIVATIONS, activation_named
from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Sampling
from reluviz.core.initializer import INITIALIZERS
from reluviz.core.loss import LOSSES
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.schedule import SCHEDULES, Schedule
from reluviz.core.settings import BATCHINGS, TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FUNCTIONS, check_domain
from reluviz.core.timeline import Timeline
from reluviz.core.training_text import OPTIMIZER_NUMBERS, SCHEDULE_NUMBERS
from reluviz.document.opened import OpenedDocument

_Numbers = TypeVar("_Numbers", Optimizer, Schedule)

_OPTIMIZER_OPTIONS = {
    "momentum": ("--momentum", "of momentum and nesterov: what goes on of the last step (usual: 0.9)"),
    "alpha": ("--alpha", "of rmsprop: what stays of the mean squared gradient (usual: 0.99)"),
    "beta1": ("--beta1", "of adam: what stays of the mean gradient (usual: 0.9)"),
    "beta2": ("--beta2", "of adam: what stays of the mean squared gradient (usual: 0.999)"),
    "epsilon": ("--epsilon", "of rmsprop and adam (usual: 1e-8)"),
    "weight_decay": ("--weight-decay", "this times the parameter is added to each gradient (usual: 0)"),
}
_SCHEDULE_OPTIONS = {
    "every": ("--period", "of step and cosine: steps that a rate lasts, or until it is lowest"),
    "gamma": ("--gamma", "of step: what the rate is multiplied by after every period"),
    "least": ("--least-rate", "of cosine: the rate at its lowest"),
}
_SAMPLING_OPTIONS = {
    "samples": "--samples",
    "noise": "--noise",
    "noise_seed": "--noise-seed",
    "validation": "--validation",
    "validation_seed": "--validation-seed",
}


def _batch_size(text: str) -> int | str:
    return text if text == "full" else whole_number(text)


def add_training_options(parser: OneLineParser) -> None:
    """The options of target, samples, network and training; without one, what the document says holds."""
    _add_target_options(parser)
    _add_network_options(parser)
    add = parser.add_argument_group("training").add_argument
    add("--optimizer", type=one_of(OPTIMIZERS), metavar="NAME", help=", ".join(OPTIMIZERS))
    add("--learning-rate", type=number, metavar="F", help="step size along the gradient")
    for name, (option, about) in _OPTIMIZER_OPTIONS.items():
        add(option, dest=name, type=number, metavar="F", help=about)
    add("--schedule", type=one_of(SCHEDULES), metavar="NAME", help=f"of the learning rate: {', '.join(SCHEDULES)}")
    for name, (option, about) in _SCHEDULE_OPTIONS.items():
        whole = name == "every"
        add(option, dest=name, type=whole_number if whole else number, metavar="N" if whole else "F", help=about)
    add("--batch-size", type=_batch_size, metavar="N|full", help="samples per step")
    add(
        "--batching",
        type=one_of(BATCHINGS),
        metavar="NAME",
        help="windows: neighbours from a random place; epochs: one batch after the other",
    )
    add("--shuffle", action=argparse.BooleanOptionalAction, help="mix the samples: once, or for every epoch")
    add("--loss", type=one_of(LOSSES), metavar="NAME", help=", ".join(LOSSES))


def _add_target_options(parser: OneLineParser) -> None:
    add = parser.add_argument_group("target and samples").add_argument
    add(
        "--target",
        metavar="FORMULA|CSV",
        help="what to approximate: a formula in x (y=… where it begins with a minus), a file of data whose name "
        f"ends in .csv, .tsv, .txt or .dat, or {', '.join(FUNCTIONS)}",
    )
    add("--domain", type=number, nargs=2, metavar=("LOW", "HIGH"), help="where to sample the target, ends included")
    add("--samples", type=whole_number, metavar="N", help="number of equally spaced samples")
    add("--noise", type=number, metavar="F", help="standard deviation of what is added to each y")
    add("--noise-seed", type=whole_number, metavar="N", help="seed of its draws")
    add("--validation", type=number, metavar="F", help="part of the samples held out of training, as 0.2")
    add("--validation-seed", type=whole_number, metavar="N", help="seed of the draw that holds them out")


def _add_network_options(parser: OneLineParser) -> None:
    add = parser.add_argument_group("network (initialised anew)").add_argument
    add("--neurons", type=whole_number, metavar="N", help="number of hidden neurons")
    add(
        "--activation",
        type=activation_name,
        metavar="NAME",
        help=f"{', '.join(ACTIVATIONS)}; leaky_relu(0.2) with a slope of its own",
    )
    add("--initializer", type=one_of(INITIALIZERS), metavar="NAME", help=", ".join(INITIALIZERS))
    add("--seed", type=whole_number, metavar="N", help="seed of the random draws")


@contextmanager
def named_option(name: str) -> Iterator[None]:
    """Say which option the core complains about."""
    try:
        yield
    except UsageError:
        raise
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def overridden(document: OpenedDocument, options: argparse.Namespace) -> OpenedDocument:
    """The document with the options' values in place of its own. Raises UsageError naming the impossible one."""
    target, sampling, settings = document.target, document.sampling, document.settings
    if options.target is not None:
        low, high = options.domain or (target.low, target.high)
        with named_option("--domain"):
            check_domain(low, high)
        target = chosen_target(options.target, low, high)
        if isinstance(target, DataTarget):
            # As below: a recipe's limit is about its own rows.
            settings = replace(settings, window_limit=None)
    if options.domain is not None:
        with named_option("--domain"):
            target = target.on_domain(*options.domain)
    if options.samples is not None and options.samples != sampling.samples:
        # The limit belongs to a recipe's own data; kept, it would hide most of a larger set.
        settings = replace(settings, window_limit=None)
    sampling = _sampling(sampling, options)
    settings = _fitting(_batches(_descent(settings, options), options), sampling.trained(target), options)
    changed = replace(document, target=target, sampling=sampling, settings=settings)
    if _given(options, "target", "domain", "loss", *_SAMPLING_OPTIONS):
        # What it was kept to compare with was trained on something else.
        changed = replace(changed, kept=None)
    return _begun_anew(changed, options)


def _given(options: argparse.Namespace, *names: str) -> str:
    """The first of these options that was given, as it is written; nothing where none was."""
    return next((f"--{name.replace('_', '-')}" for name in names if getattr(options, name) is not None), "")


def _fitting(settings: TrainingSettings, samples: int, options: argparse.Namespace) -> TrainingSettings:
    """The settings for so many samples: where a document's batch is larger all are taken, which is said on stderr.

    Raises UsageError for a batch that was asked for.
    """
    if options.batch_size is not None:
        with named_option("--batch-size"):
            settings.check_for(samples)
    settings, note = settings.fitting(samples)
    if note:
        print(f"reluviz: {note}", file=sys.stderr)
    return settings


def _sampling(sampling: Sampling, options: argparse.Namespace) -> Sampling:
    for name, option in _SAMPLING_OPTIONS.items():
        if getattr(options, name) is not None:
            with named_option(option):
                sampling = replace(sampling, **{name: getattr(options, name)})
    if options.noise_seed is not None and not sampling.noise:
        raise UsageError("--noise-seed: nothing is drawn without --noise")
    if options.validation_seed is not None and not sampling.validation:
        raise UsageError("--validation-seed: nothing is held out without --validation")
    return sampling


def _descent(settings: TrainingSettings, options: argparse.Namespace) -> TrainingSettings:
    """The optimizer, its rate and the loss."""
    rate = settings.learning_rate if options.learning_rate is None else options.learning_rate
    with named_option("--learning-rate"):
        TrainingSettings(learning_rate=rate)
    optimizer, schedule = settings.optimizer, settings.schedule
    if options.optimizer is not None:
        optimizer = replace(optimizer, name=options.optimizer)
    if options.schedule is not None:
        schedule = replace(schedule, name=options.schedule)
    optimizer = _with_numbers(optimizer, "--optimizer", _OPTIMIZER_OPTIONS, OPTIMIZER_NUMBERS, options)
    schedule = _with_numbers(schedule, "--schedule", _SCHEDULE_OPTIONS, SCHEDULE_NUMBERS, options)
    with named_option("--learning-rate" if options.least is None else "--least-rate"):
        settings = replace(settings, learning_rate=rate, optimizer=optimizer, schedule=schedule)
    return settings if options.loss is None else replace(settings, loss=options.loss)


def _with_numbers(
    whole: _Numbers,
    chooser: str,
    known: dict[str, tuple[str, str]],
    read_by: dict[str, Any],
    options: argparse.Namespace,
) -> _Numbers:
    """With the numbers that were given; one that it does not read is refused."""
    for name, (option, _) in known.items():
        value = getattr(options, name)
        if value is None:
            continue
        if name not in read_by[whole.name]:
            others = " or ".join(other for other, numbers in read_by.items() if name in numbers)
            raise UsageError(f"{option}: {whole.name} does not use it ({chooser} {others} does)")
        with named_option(option):
            whole = replace(whole, **{name: value})
    return whole


def _batches(settings: TrainingSettings, options: argparse.Namespace) -> TrainingSettings:
    changes: dict[str, Any] = {}
    if options.batch_size is not None:
        changes["batch_size"] = None if options.batch_size == "full" else options.batch_size
    for name in ("batching", "shuffle"):
        if getattr(options, name) is not None:
            changes[name] = getattr(options, name)
    with named_option("--batch-size"):
        settings = replace(settings, **changes)
    useless = _given(options, "batching", "shuffle")
    if settings.batch_size is None and useless:
        raise UsageError(f"{useless}: every step sees all samples (--batch-size N takes so many)")
    return settings


def _begun_anew(document: OpenedDocument, options: argparse.Namespace) -> OpenedDocument:
    """With a new start, and nothing of the run before, where an option changes the start."""
    start = _start(document.start, options)
    if start is None:
        return document
    locks, picture = document.locks.below(start.neurons), document.picture.below(start.neurons)
    return replace(
        document, start=start, network=None, step=0, timeline=Timeline(), kept=None, locks=locks, picture=picture
    )


def _start(start: Start, options: argparse.Namespace) -> Start | None:
    """A new start where an option changes it, else None."""
    if not _given(options, "neurons", "activation", "initializer", "seed"):
        return None
    start = start.anew()
    if options.activation is not None:
        start = replace(start, activation=activation_named(options.activation))
    if options.initializer is not None:
        start = replace(start, initializer=options.initializer)
    if options.neurons is not None:
        with named_option("--neurons"):
            start = replace(start, neurons=options.neurons)
    if options.seed is not None:
        with named_option("--seed"):
            start = replace(start, seed=options.seed)
    return start
