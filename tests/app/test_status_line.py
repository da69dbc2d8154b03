from pytestqt.qtbot import QtBot

from reluviz.app.status_line import StatusLine
from reluviz.core.palette import DARK


def test_messages_are_one_plain_line_and_the_hint_comes_back(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_palette(DARK)
    line.set_hint("press Space")
    assert line.text == "press Space"
    line.warn("a file says\n<b>hello</b>")
    assert line.text == "a file says <b>hello</b>"
    line.set_hint("press Space again")
    assert line.text == "a file says <b>hello</b>"
    line._timer.setInterval(1)
    line._timer.start()
    qtbot.waitUntil(lambda: line.text == "press Space again")


def test_a_long_message_does_not_widen_the_window(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    before = line.minimumSizeHint()
    line.warn("word " * 500)
    assert line.minimumSizeHint() == before


def test_a_long_warning_takes_the_place_of_the_largest_error(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_largest_error("largest error 1.2 at x = 3")
    line.resize(900, 30)
    line.show()
    readout = line._error
    line.say("word " * 100)
    assert readout.isVisible()
    line.warn("word " * 100)
    assert readout.isHidden()
    line.warn("short")
    assert readout.isVisible()


def test_what_was_said_goes_when_something_changes_and_a_report_stays(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_hint("press Space")
    for tell in (line.say, line.warn):
        tell("of this very change")
        line.outdate()
        assert line.text == "of this very change"
        qtbot.waitUntil(lambda: not line._is_fresh.isActive())
        line.outdate()
        assert line.text == "press Space"
    for tell in (line.report, line.report_failure):
        tell("saved")
        qtbot.waitUntil(lambda: not line._is_fresh.isActive())
        line.outdate()
        assert line.text == "saved"


def test_what_is_held_comes_back_after_what_is_said_until_it_is_unsaid(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_hint("press Space")
    line.say("something of before")
    line.hold("preparing")
    assert line.text == "preparing"
    line.set_hint("press Space again")
    line.outdate()
    assert line.text == "preparing"
    line.say("saved")
    assert line.text == "saved"
    line._timer.setInterval(1)
    line._timer.start()
    qtbot.waitUntil(lambda: line.text == "preparing")
    line.say("saved again")
    line.unsay("preparing")
    assert line.text == "saved again"
    line.unsay("saved again")
    assert line.text == "press Space again"
    line.hold("preparing")
    line.unsay("preparing")
    assert line.text == "press Space again"
