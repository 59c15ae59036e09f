"""Brings the demo's tables up to date and fills them the first time: ``python -m tumorboard.demo.prepare``."""

import os

from tumorboard import clock
from tumorboard.app import create_app
from tumorboard.config import load_settings
from tumorboard.demo.hospital.seed import seed_if_empty
from tumorboard.storage import migrate

with create_app(load_settings(os.environ)).app_context():
    migrate.upgrade()
    seed_if_empty(clock.now())
