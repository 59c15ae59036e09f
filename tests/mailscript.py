"""What a mail server is to answer, set by a test and changed while it runs."""

from collections.abc import Callable
from threading import Event, Lock

from aiosmtpd.smtp import Envelope


def accept(_: Envelope) -> str | None:
    """Nobody refuses anything."""
    return None


class MailScript:
    """Handed to ``Mailbox``; a test says what happens at RCPT and at DATA."""

    def __init__(self) -> None:
        self.at_recipient: Callable[[Envelope], str | None] = accept
        self.at_data: Callable[[Envelope], str | None] = accept

    def recipient(self, envelope: Envelope) -> str | None:
        return self.at_recipient(envelope)

    def data(self, envelope: Envelope) -> str | None:
        return self.at_data(envelope)


class Halt:
    """Stops the server in the middle of the n-th mail, until the test has done its deed."""

    def __init__(self, at: int) -> None:
        self.reached, self.go_on = Event(), Event()
        self._at, self._count, self._lock = at, 0, Lock()

    def __call__(self, _: Envelope) -> str | None:
        with self._lock:
            self._count += 1
            here = self._count == self._at
        if here:
            self.reached.set()
            self.go_on.wait(30)
        return None
