"""Tables and the questions asked of them. PostgreSQL, and only PostgreSQL."""

from flask import Flask
from flask_migrate import Migrate

from tumorboard.config import Settings
from tumorboard.storage import models as models  # importing it fills the metadata
from tumorboard.storage.db import db

_migrate = Migrate(db=db)


def start_storage(app: Flask, settings: Settings) -> None:
    """Gives the application its database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    db.init_app(app)
    _migrate.init_app(app, db, directory="migrations")
