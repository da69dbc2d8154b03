from __future__ import annotations

import numpy as np
import pytest
from dense_oracle import Case, cases, dense_output, rounding
from hypothesis import given

from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.loss import half_mse, residuals
from reluviz.core.network import Network
from reluviz.core.settings import TrainingSettings
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer


@given(cases())
def test_residuals_are_the_dense_ones(case: Case) -> None:
    x, y = case.data.x, case.data.y
    error = np.abs(residuals(case.network, case.data) - (dense_output(case.network, x) - y))
    assert error.max() <= 1e-13 * rounding(case.network, x, y)[-1]


def test_the_loss_is_the_trainers() -> None:
    random = np.random.default_rng(3)
    network = Network(*random.normal(size=(3, 50)))
    data = Sampling(5000).of(FunctionTarget("sine"))
    assert half_mse(network, data) == pytest.approx(Trainer(network, data, TrainingSettings()).loss(), rel=1e-12)


@pytest.mark.parametrize("x", [[1.0], [1.0, 1.0], [1.0, 2.0]])
def test_overflow_is_infinite_and_silent(x: list[float]) -> None:
    network = Network([1e200], [1.0], [1e200])
    assert half_mse(network, Dataset(x, np.zeros(len(x)))) == np.inf
