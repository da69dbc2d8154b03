import pytest
from PySide6.QtCore import QSettings

from reluviz.app.preferences import Preferences
from reluviz.core.palette import DARK, LIGHT


def test_choices_are_kept(qapp: object) -> None:
    Preferences().palette = DARK
    Preferences().font_scale = 1.5
    Preferences().snap = False
    assert Preferences().palette is DARK
    assert Preferences().snap is False
    assert Preferences().font_scale == 1.5


@pytest.mark.parametrize("damaged", ["nonsense", "nan", "", "-3", "1e400"])
def test_damaged_settings_give_the_defaults_or_the_nearest(qapp: object, damaged: str) -> None:
    settings = QSettings()
    settings.setValue("font_scale", damaged)
    settings.setValue("appearance", damaged)
    settings.setValue("geometry", damaged)
    settings.setValue("snap", damaged)
    settings.sync()
    preferences = Preferences()
    assert 0.8 <= preferences.font_scale <= 2.0
    assert preferences.palette in (LIGHT, DARK)
    assert preferences.geometry.isEmpty()
    assert preferences.snap is True
