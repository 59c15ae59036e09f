"""Header fields whose words are read as they were written.

CPython 3.11 loses a space where its newer writer folds between two encoded words (RFC 2047 section 6.2: readers drop
the space between two of them), and decodes what looks like one in a text that it is given, line breaks and all. Its
older writer, ``email.header``, does neither.
"""

from email.header import Header
from email.headerregistry import Address
from email.utils import formataddr

END = "\r\n"
LONGEST_LINE = 78
"""Characters that a line should not pass (RFC 5322 section 2.1.1)."""
LONGEST_QUOTED = 60
"""Characters of a name that is written as it is, quoted where it must be, and never folded."""


def text_field(name: str, text: str) -> str:
    """An unstructured field such as Subject, in ASCII and with its line end; ``text`` is one line."""
    return f"{name}: {_folded(text, 'us-ascii' if _is_plain(text) else 'utf-8', name)}{END}"


def mailbox_field(name: str, person: str, address: str) -> str:
    """From or To with one mailbox (RFC 5322 section 3.4), in ASCII and with its line end.

    ``person`` is one line and may be empty. Raises ``ValueError`` when ``address`` is none.
    """
    begun, space, end = f"{name}: {_mailbox(name, person, Address(addr_spec=address).addr_spec)}".rpartition(" ")
    last_line = f"{begun.rpartition(END)[2]} {end}"
    return f"{begun}{space if len(last_line) <= LONGEST_LINE else f'{END} '}{end}{END}"


def _mailbox(name: str, person: str, address: str) -> str:
    if _is_plain(person) and len(person) <= LONGEST_QUOTED:
        return formataddr((person, address))
    return f"{_folded(person, 'utf-8', name)} <{address}>"


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _folded(text: str, charset: str, name: str) -> str:
    words = Header(text, charset, maxlinelen=LONGEST_LINE, header_name=name)
    return words.encode(splitchars=" ", linesep=END)
