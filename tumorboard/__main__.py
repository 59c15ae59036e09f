"""The way in: ``python -m tumorboard``."""

from tumorboard.cli import main

main()
