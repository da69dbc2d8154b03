"""`reluviz train`: optimizers, losses, validation and stops, as the core computes them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reluviz.cli import main
from reluviz.core.dataset import Sampling
from reluviz.core.loss import LOSSES, loss_named
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.schedule import Schedule
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer
from reluviz.document.storage import OpenedDocument, read, save

TARGET, START = FunctionTarget("sine"), Start(neurons=4, seed=2)
DOCUMENT = OpenedDocument(title="", target=TARGET, sampling=Sampling(100), start=START)


@pytest.fixture
def trained(tmp_path, capsys):
    def run(document: OpenedDocument, *options: str) -> dict:
        path = tmp_path / "document.reluviz"
        save(document, path)
        assert main(["train", str(path), "--json", *options]) == 0
        return dict(json.loads(capsys.readouterr().out))

    return run


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_optimizer_and_loss(trained, name, loss):
    options = ("--optimizer", name, "--loss", loss, "--learning-rate", "0.002", "--steps", "30")
    network, random = START.begin(TARGET.low, TARGET.high)
    trainer = Trainer(
        network, Sampling(100).of(TARGET), TrainingSettings(0.002, optimizer=Optimizer(name), loss=loss), random
    )
    before = trainer.loss()
    trainer.run(30)
    result = trained(DOCUMENT, *options)
    assert (result["loss_before"], result["loss"]) == (before, trainer.loss())
    assert result["network"]["hidden_weight"] == trainer.network.hidden_weight.tolist()


def test_the_documents_own_numbers_of_an_optimizer_stay(trained):
    document = replace(DOCUMENT, settings=TrainingSettings(0.01, optimizer=Optimizer("sgd", momentum=0.5), steps=20))
    by_option = trained(document, "--optimizer", "momentum")
    in_file = replace(document, settings=replace(document.settings, optimizer=Optimizer("momentum", momentum=0.5)))
    assert by_option["loss"] == trained(in_file)["loss"] != trained(document)["loss"]


def test_validation_loss(trained):
    sampling = Sampling(100, noise=0.3, validation=0.2)
    settings = TrainingSettings(0.01, loss="mae", steps=50)
    result = trained(replace(DOCUMENT, sampling=sampling, settings=settings))
    split = sampling.split(TARGET)
    network, random = START.begin(TARGET.low, TARGET.high)
    trainer = Trainer(network, split.training, settings, random, None, split.validation)
    trainer.run(50)
    assert split.validation is not None
    assert result["loss"] == trainer.loss()
    assert result["validation_loss"] == pytest.approx(loss_named("mae").of(trainer.network, split.validation))


def test_a_batch_of_the_document_that_is_too_large_becomes_the_full_batch(capsys):
    assert main(["train", "sine-by-5-relus", "--samples", "10", "--steps", "3", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["steps"] == 3
    assert err.startswith("reluviz: a batch of 100 is more than the 10 samples: full batch now\n")


def test_epochs_of_a_document_end_it_and_options_take_their_place(trained):
    settings = TrainingSettings(0.01, batch_size=30, batching="epochs", epochs=3)
    document = replace(DOCUMENT, settings=settings)
    assert trained(document)["steps"] == 12
    assert trained(document, "--epochs", "5")["steps"] == 20
    assert trained(document, "--steps", "7")["steps"] == 7
    assert trained(document, "--steps", "0")["steps"] == 0


def test_a_loss_to_reach_and_a_plateau_end_it(trained):
    settings = TrainingSettings(0.005, loss_goal=1.0)
    result = trained(replace(DOCUMENT, settings=settings))
    assert 0.9 < result["loss"] <= 1.0
    assert trained(replace(DOCUMENT, settings=replace(settings, loss_goal=1e3)))["steps"] == 0
    flat = trained(replace(DOCUMENT, settings=TrainingSettings(0.005, plateau=Plateau(50, 0.5), steps=10**6)))
    assert 50 < flat["steps"] < 10_000


def test_what_was_chosen_is_saved(tmp_path, capsys):
    out = tmp_path / "out.reluviz"
    options = ["--optimizer", "adam", "--loss", "huber", "--epochs", "2", "--save", str(out)]
    assert main(["train", *options]) == 0
    settings = read(out.read_bytes()).settings
    assert (settings.optimizer.name, settings.loss, settings.epochs, settings.steps) == ("adam", "huber", 2, None)
    capsys.readouterr()


def test_the_text_names_the_validation_loss(tmp_path, capsys):
    path = tmp_path / "document.reluviz"
    save(replace(DOCUMENT, sampling=Sampling(100, validation=0.2)), path)
    assert main(["train", str(path), "--steps", "1"]) == 0
    assert ", validation " in capsys.readouterr().out.splitlines()[0]


SCHEDULED = TrainingSettings(0.01, optimizer=Optimizer("sgd"), schedule=Schedule("step", every=10, gamma=0.1))


def test_a_saved_training_goes_on_where_its_schedule_stood(trained, tmp_path):
    half = tmp_path / "half.reluviz"
    trained(replace(DOCUMENT, settings=SCHEDULED), "--steps", "15", "--save", str(half))
    whole = trained(replace(DOCUMENT, settings=SCHEDULED), "--steps", "40")
    rest = trained(read(half.read_bytes()), "--steps", "25")
    assert rest["steps"] == 25
    assert rest["network"]["output_weight"] == pytest.approx(whole["network"]["output_weight"], rel=1e-12)


def test_a_saved_training_goes_on_to_the_documents_own_end_and_from_there_as_far_again(trained, tmp_path):
    document = replace(DOCUMENT, settings=replace(SCHEDULED, steps=40))
    network, _ = START.begin(TARGET.low, TARGET.high)
    assert trained(replace(document, network=network, step=15))["steps"] == 25
    assert trained(replace(document, network=network, step=40))["steps"] == 40
    assert trained(replace(document, network=network, step=15), "--steps", "3")["steps"] == 3
    assert trained(replace(document, network=network, step=15), "--epochs", "3")["steps"] == 3
    assert trained(replace(document, network=network, step=15), "--steps", "0")["steps"] == 0


def test_divergence_is_told_at_the_documents_step(tmp_path, capsys):
    path = tmp_path / "document.reluviz"
    network, _ = START.begin(TARGET.low, TARGET.high)
    save(replace(DOCUMENT, network=network, step=1000, settings=TrainingSettings(500.0)), path)
    assert main(["train", str(path), "--json"]) == 2
    out, err = capsys.readouterr()
    assert f"diverged at step {1000 + json.loads(out)['steps'] + 1} with" in err


def test_every_number_of_optimizer_schedule_samples_and_batches_is_an_option(trained):
    by_option = trained(
        DOCUMENT,
        *("--optimizer", "adam", "--beta1", "0.8", "--beta2", "0.99", "--epsilon", "1e-6", "--weight-decay", "0.01"),
        *("--learning-rate", "0.02", "--schedule", "cosine", "--period", "40", "--least-rate", "0.001"),
        *("--noise", "0.2", "--noise-seed", "7", "--validation", "0.25", "--validation-seed", "8"),
        *("--batch-size", "20", "--batching", "epochs", "--shuffle", "--loss", "huber", "--steps", "60"),
    )
    settings = TrainingSettings(
        0.02,
        20,
        shuffle=True,
        steps=60,
        optimizer=Optimizer("adam", beta1=0.8, beta2=0.99, epsilon=1e-6, weight_decay=0.01),
        schedule=Schedule("cosine", 40, least=0.001),
        loss="huber",
        batching="epochs",
    )
    in_file = replace(DOCUMENT, settings=settings, sampling=Sampling(100, False, 0.2, 7, 0.25, 8))
    expected = trained(in_file)
    assert {**by_option, "seconds": 0} == {**expected, "seconds": 0}
    assert by_option["validation_loss"] is not None


def test_steps_of_the_rate_and_rmsprop(trained):
    options = ("--optimizer", "rmsprop", "--alpha", "0.9", "--schedule", "step", "--period", "10", "--gamma", "0.5")
    settings = TrainingSettings(
        0.01, steps=50, optimizer=Optimizer("rmsprop", alpha=0.9), schedule=Schedule("step", 10, 0.5)
    )
    by_option = trained(DOCUMENT, *options, "--learning-rate", "0.01", "--steps", "50")
    assert by_option["loss"] == trained(replace(DOCUMENT, settings=settings))["loss"]


def test_a_loss_or_a_plateau_ends_training(trained):
    assert trained(DOCUMENT, "--learning-rate", "0.01", "--loss-goal", "1.0")["loss"] <= 1.0
    plateau = Plateau(100, 0.5)
    by_option = trained(DOCUMENT, "--plateau", "100", "--plateau-tolerance", "0.5")
    in_file = trained(replace(DOCUMENT, settings=replace(DOCUMENT.settings, plateau=plateau)))
    assert by_option["steps"] == in_file["steps"] > 100


def test_what_was_given_is_in_the_saved_document(tmp_path, capsys):
    out = tmp_path / "out.reluviz"
    options = ("--optimizer", "nesterov", "--momentum", "0.5", "--noise", "0.1", "--steps", "3", "--save", str(out))
    assert main(["train", "sine-by-5-relus", *options]) == 0
    saved = read(out.read_bytes())
    assert (saved.settings.optimizer, saved.sampling.noise) == (Optimizer("nesterov", momentum=0.5), 0.1)


REFUSED = [
    (("--momentum", "0.5"), "--momentum: sgd does not use it (--optimizer momentum or nesterov does)"),
    (("--optimizer", "adam", "--momentum", "0.5"), "--momentum: adam does not use it"),
    (("--optimizer", "momentum", "--momentum", "1"), "--momentum: momentum must be at least 0 and less than 1, not 1"),
    (("--gamma", "0.5"), "--gamma: constant does not use it (--schedule step does)"),
    (("--schedule", "cosine", "--least-rate", "5"), "--least-rate: the least rate 5 is more than the learning rate"),
    (("--schedule", "step", "--period", "0"), "--period: a period must lie from 1"),
    (("--schedule", "linear"), "--schedule: unknown name 'linear'"),
    (("--noise", "-1"), "--noise: noise must lie from 0"),
    (("--noise-seed", "3"), "--noise-seed: nothing is drawn without --noise"),
    (("--validation", "1"), "--validation: the validation part must be at least 0 and less than 1, not 1"),
    (("--validation-seed", "3"), "--validation-seed: nothing is held out without --validation"),
    (("--validation", "0.95", "--batch-size", "100"), "--batch-size: a batch of 100 is more than the 51 samples"),
    (("--batch-size", "full", "--shuffle"), "--shuffle: every step sees all samples"),
    (("--batching", "bags"), "--batching: unknown name 'bags'"),
]


@pytest.mark.parametrize(("options", "expected"), REFUSED, ids=[" ".join(options) for options, _ in REFUSED])
@pytest.mark.parametrize("command", ["train", "export"])
def test_what_cannot_be_is_refused_by_both_commands(command, options, expected, tmp_path, capsys):
    out = [] if command == "train" else [str(tmp_path / "out.csv")]
    assert main([command, "sine-by-5-relus", *out, *options]) == 2
    err = capsys.readouterr().err
    assert err.startswith("reluviz: " + expected)
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_ends_that_cannot_be(capsys):
    for options, expected in (
        (("--plateau", "0"), "--plateau: a plateau's steps must lie from 1"),
        (("--plateau-tolerance", "0.1"), "--plateau-tolerance: of which plateau? (--plateau N)"),
        (("--loss-goal", "-1"), "--loss-goal: loss_goal must be at least 0, not -1"),
    ):
        assert main(["train", "sine-by-5-relus", *options]) == 2
        assert capsys.readouterr().err.startswith("reluviz: " + expected)
