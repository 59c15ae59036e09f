"""Tables and the questions asked of them. PostgreSQL, and only PostgreSQL."""

from flask import Flask

from tumorboard.config import Settings
from tumorboard.storage import models as models  # importing it fills the metadata
from tumorboard.storage.db import db


def start_storage(app: Flask, settings: Settings) -> None:
    """Gives the application its database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    db.init_app(app)
