from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.activation import ACTIVATIONS
from reluviz.core.dataset import Sampling
from reluviz.core.optimizer import Optimizer
from reluviz.core.schedule import Schedule
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.core.start import Start


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"learning_rate": 0.0}, r"the learning rate must lie above 0 and up to 1000, not 0"),
        ({"learning_rate": -0.1}, "learning rate .* not -0.1"),
        ({"learning_rate": float("nan")}, "learning rate .* not nan"),
        ({"learning_rate": 1e308}, r"learning rate .* not 1e\+308"),
        ({"batch_size": 0}, "a batch has at least 1 sample, not 0"),
        ({"window_limit": 0}, "window_limit must be at least 1, not 0"),
        ({"epochs": -1}, "epochs must lie from 0 to 1000000000000, not -1"),
        ({"loss": "hinge"}, r"unknown loss 'hinge' \(known: half_mse, mse, mae, huber\)"),
        ({"batching": "bags"}, r"unknown batching 'bags' \(known: windows, epochs\)"),
        ({"loss_goal": -1.0}, "loss_goal must be at least 0, not -1"),
        ({"steps": -1}, "steps must lie from 0 to 1000000000000, not -1"),
    ],
)
def test_impossible_settings_name_the_field(arguments: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TrainingSettings(**arguments)


def test_a_batch_must_fit_the_data() -> None:
    TrainingSettings(batch_size=11).check_for(11)
    TrainingSettings().check_for(1)
    with pytest.raises(ValueError, match="a batch of 11 is more than the 10 samples"):
        TrainingSettings(batch_size=11).check_for(10)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: TrainingSettings(optimizer="foo"), r"optimizer is an Optimizer, as Optimizer\(\"adam\"\), not 'foo'"),
        (lambda: TrainingSettings(schedule="cosine"), "schedule is a Schedule, as Schedule.*, not 'cosine'"),
        (lambda: TrainingSettings(plateau=100), r"plateau is a Plateau, as Plateau\(steps=1000\), not 100"),
        (lambda: TrainingSettings(learning_rate="0.1"), "learning_rate is a number, not '0.1'"),
        (lambda: TrainingSettings(batch_size=10.5), r"batch_size is a whole number, not 10\.5"),
        (lambda: TrainingSettings(batch_size=True), "batch_size is a whole number, not True"),
        (lambda: TrainingSettings(loss=2), "loss is a name, not 2"),
        (lambda: TrainingSettings(shuffle="no"), "shuffle is True or False, not 'no'"),
        (lambda: TrainingSettings(steps="many" * 50), "steps is a whole number, not a str"),
        (lambda: Optimizer(None), "an optimizer's name is a name, not None"),
        (lambda: Optimizer("momentum", "0.9"), "momentum is a number, not '0.9'"),
        (lambda: Schedule("step", every=10.0), r"every is a whole number, not 10\.0"),
        (lambda: Plateau(tolerance=None), "tolerance is a number, not None"),
        (lambda: Sampling("100"), "samples is a whole number, not '100'"),
        (lambda: Start(activation="tanh"), "activation is an Activation, as .*, not 'tanh'"),
        (lambda: Start(neurons=2.0), r"neurons is a whole number, not 2\.0"),
    ],
)
def test_what_is_of_another_type_is_refused_at_once(make, message):
    with pytest.raises(TypeError, match=message):
        make()


def test_numpys_numbers_are_numbers():
    settings = TrainingSettings(np.float32(0.1), np.int64(3), optimizer=Optimizer("adam", beta1=np.float64(0.5)))
    assert settings.batch_size == 3
    assert Start(neurons=np.int32(4), activation=ACTIVATIONS["tanh"]).begin(-1.0, 1.0)[0].neurons == 4
