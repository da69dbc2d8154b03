from __future__ import annotations

import pytest

from reluviz.core.settings import TrainingSettings


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
