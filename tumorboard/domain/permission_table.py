"""The table of permissions as it stands in docs/security.md, written from the code."""

from pathlib import Path

from tumorboard.domain.permissions import TABLE, Relation
from tumorboard.vocabulary import Permission

BEGIN, END = "<!-- permissions: written by `python -m tumorboard permissions` -->", "<!-- end of permissions -->"


def as_markdown() -> str:
    """One row for each permission, with the relations that have it in the order in which they are defined."""
    rows = [f"| {permission.label} | {'; '.join(_held_by(permission))} |" for permission in Permission]
    return "\n".join(["| Permission | Given to |", "|---|---|", *rows])


def write_into(file: Path) -> None:
    """Puts the table in the place of the one between the two marks."""
    before, _, rest = file.read_text().partition(BEGIN)
    file.write_text(f"{before}{BEGIN}\n\n{as_markdown()}\n\n{END}{rest.partition(END)[2]}")


def _held_by(permission: Permission) -> list[str]:
    return [relation.value for relation in Relation if relation in TABLE[permission]]
