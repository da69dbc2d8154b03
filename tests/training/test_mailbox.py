from reluviz.training.mailbox import Mailbox


def test_the_newest_value_wins_and_is_taken_once() -> None:
    mailbox: Mailbox[int] = Mailbox()
    assert mailbox.take() is None
    for value in range(1000):
        mailbox.put(value)
    assert mailbox.take() == 999
    assert mailbox.take() is None
