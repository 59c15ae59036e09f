"""What is written about permissions is what the code does."""

from tumorboard.domain import permission_table
from tumorboard.domain.permissions import TABLE
from tumorboard.tree import SECURITY
from tumorboard.vocabulary import Permission


def test_every_permission_is_in_the_table() -> None:
    assert set(TABLE) == set(Permission)


def test_the_documentation_prints_the_table_of_the_code() -> None:
    assert permission_table.as_markdown() in SECURITY.read_text(), "Run: python -m tumorboard permissions"
