"""Hands one mail to the mail server and says what became of it, with the server's words (RFC 5321, RFC 3463)."""

import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum
from threading import Timer
from types import TracebackType
from typing import Self

from tumorboard.config import SmtpServer

WHOLE_SEND_SECONDS = 60
"""smtplib's timeout is for each read; a server that drips would hold a worker for ever (trust.md section 3, 5)."""
READ_SECONDS = 20


class Fate(StrEnum):
    """What became of one try."""

    SENT = "sent"
    REFUSED_FOR_NOW = "refused_for_now"
    """4xx: greylisting, a full mailbox."""
    REFUSED = "refused"
    """5xx about this recipient or this mail."""
    HOLD = "hold"
    """5xx about us: sign-in, sender or policy. No recipient is to blame, so nothing fails."""
    UNREACHABLE = "unreachable"
    """No connection: certainly not sent."""
    UNKNOWN = "unknown"
    """The whole mail was handed over, and the answer was lost (RFC 1047)."""
    UNWRITTEN = "unwritten"
    """We could not write it."""


@dataclass(frozen=True)
class Outcome:
    fate: Fate
    said: str


class MailServer:
    """One connection, opened with the first mail and again after it was lost."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._smtp is not None:
            self._smtp.close()

    def send(self, mail: bytes, *, sender: str, recipient: str) -> Outcome:
        """Tries once, for at most a minute; never raises for what a mail server or a network may do."""
        watch = Timer(WHOLE_SEND_SECONDS, self._hang_up)
        watch.daemon = True
        watch.start()
        try:
            return self._try(mail, sender, recipient)
        finally:
            watch.cancel()

    def _try(self, mail: bytes, sender: str, recipient: str) -> Outcome:
        try:
            smtp = self._connected()
            for about_us, (code, words) in (
                (True, smtp.mail(sender)),
                (False, smtp.rcpt(recipient)),
            ):
                if code >= 400:
                    smtp.rset()
                    return _refusal(code, words, about_us=about_us)
            code, words = smtp.docmd("DATA")
            if code != 354:
                smtp.rset()
                return _refusal(code, words, about_us=False)
        except smtplib.SMTPAuthenticationError as error:
            self._forget()
            return _refusal(error.smtp_code, error.smtp_error, about_us=True)
        except smtplib.SMTPConnectError as error:
            self._forget()
            return _refusal(error.smtp_code, error.smtp_error, about_us=True)
        except (OSError, smtplib.SMTPException) as error:
            self._forget()
            return Outcome(Fate.UNREACHABLE, f"The mail server cannot be reached ({type(error).__name__}).")
        return self._hand_over(smtp, mail)

    def _hand_over(self, smtp: smtplib.SMTP, mail: bytes) -> Outcome:
        try:
            smtp.send(re.sub(rb"(?m)^\.", b"..", mail) + b".\r\n")
            code, words = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            self._forget()
            return Outcome(Fate.UNKNOWN, "The connection was lost before the server answered.")
        if code == 250:
            return Outcome(Fate.SENT, _said(code, words))
        return _refusal(code, words, about_us=False)

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        if server.security == "smtps":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=READ_SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=READ_SECONDS)
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.security == "smtp+starttls":
                smtp.starttls(context=context)
            if server.username and server.password:
                smtp.login(server.username, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _hang_up(self) -> None:
        if self._smtp is not None and self._smtp.sock is not None:
            self._smtp.sock.shutdown(socket.SHUT_RDWR)

    def _forget(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def _refusal(code: int, words: bytes | str, *, about_us: bool) -> Outcome:
    said = _said(code, words)
    if code < 500:
        return Outcome(Fate.REFUSED_FOR_NOW, said)
    # Enhanced status X.7.x is security or policy (RFC 3463 section 3.8): relaying denied, sender not allowed.
    policy = re.match(r"5\d\d 5\.7\.", said) is not None
    return Outcome(Fate.HOLD if about_us or policy or code in (530, 535) else Fate.REFUSED, said)


def _said(code: int, words: bytes | str) -> str:
    """The server's words in one printable line, its code first."""
    text = " ".join((words.decode("utf-8", "replace") if isinstance(words, bytes) else words).split())
    return "".join(letter for letter in f"{code} {text}" if letter.isprintable())[:300]
