"""The service runs from its tree: ``templates/`` and ``migrations/`` lie beside the package."""

from pathlib import Path

TREE = Path(__file__).resolve().parents[1]
TEMPLATES = TREE / "templates"
MIGRATIONS = TREE / "migrations"
SECURITY = TREE / "docs" / "security.md"


def newest_migration() -> str:
    """The number of the newest migration: its file is ``0001_first_tables.py``, its revision ``0001``."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
