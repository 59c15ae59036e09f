"""Header fields whose words are read as they were written.

CPython 3.11 loses a space where its newer writer folds between two encoded words (RFC 2047 section 6.2: readers drop
the space between two of them), and decodes what looks like one in a text that it is given, line breaks and all. Its
older writer, ``email.header``, does neither. ``EmailMessage`` writes a value that has a ``name`` with its ``fold``.
"""

from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from email.utils import formataddr

LONGEST_QUOTED = 60
"""Characters of a name that is written as it is, quoted where it must be, and never folded."""


@dataclass(frozen=True)
class TextField:
    """An unstructured field such as Subject; ``text`` is one line."""

    name: str
    text: str

    def __str__(self) -> str:
        return self.text

    def fold(self, *, policy: EmailPolicy) -> str:
        """As ``email.headerregistry.BaseHeader.fold``: ASCII, name and line end included."""
        charset = "us-ascii" if _is_plain(self.text) else "utf-8"
        return f"{self.name}: {_folded(self.text, charset, self.name, policy)}{policy.linesep}"


@dataclass(frozen=True)
class MailboxField:
    """From or To with one mailbox (RFC 5322 section 3.4); ``person`` is one line and may be empty.

    ``fold`` raises ``ValueError`` when ``address`` is none.
    """

    name: str
    person: str
    address: str

    def __str__(self) -> str:
        return str(Address(self.person, addr_spec=self.address))

    def fold(self, *, policy: EmailPolicy) -> str:
        """As ``email.headerregistry.BaseHeader.fold``: ASCII, name and line end included."""
        begun, space, address = f"{self.name}: {self._mailbox(policy)}".rpartition(" ")
        last_line = f"{begun.rpartition(policy.linesep)[2]} {address}"
        if len(last_line) > (policy.max_line_length or len(last_line)):
            space = f"{policy.linesep} "
        return f"{begun}{space}{address}{policy.linesep}"

    def _mailbox(self, policy: EmailPolicy) -> str:
        address = Address(addr_spec=self.address).addr_spec
        if _is_plain(self.person) and len(self.person) <= LONGEST_QUOTED:
            return formataddr((self.person, address))
        return f"{_folded(self.person, 'utf-8', self.name, policy)} <{address}>"


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _folded(text: str, charset: str, name: str, policy: EmailPolicy) -> str:
    words = Header(text, charset, maxlinelen=policy.max_line_length, header_name=name)
    return words.encode(splitchars=" ", linesep=policy.linesep)
