"""Servers of its own for each test that breaks something, on the database that all tests of a runner share."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Servers
from tests.mailscript import MailScript
from tests.service import Service
from tumorboard.demo.mailbox import Mailbox
from tumorboard.demo.valkey import EmbeddedValkey


@dataclass(frozen=True)
class Breakable:
    """A service whose queue and mail server belong to this test alone."""

    service: Service
    valkey: EmbeddedValkey
    mailbox: Mailbox
    script: MailScript


@pytest.fixture
def breakable(app: Flask, servers: Servers, tmp_path: Path) -> Iterator[Breakable]:
    script = MailScript()
    tmp_path.chmod(0o755)
    with (
        EmbeddedValkey(tmp_path / "valkey", durable=False) as valkey,
        Mailbox(tmp_path / "mail", at_recipient=script.recipient, at_data=script.data) as mailbox,
        Service(
            servers.environment | {"TUMORBOARD_REDIS_URL": valkey.url, "TUMORBOARD_SMTP_URL": mailbox.url}, tmp_path
        ) as service,
    ):
        yield Breakable(service, valkey, mailbox, script)
