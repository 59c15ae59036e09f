"""What gunicorn serves in the demo: ``tumorboard.demo.wsgi:app``. Its mailbox lies in the folder of the demo."""

import os
import sys
from pathlib import Path

from tumorboard.config import ConfigurationError, load_settings
from tumorboard.demo.folder import MARK
from tumorboard.demo.pages import create_demo_app
from tumorboard.logs import start_logging
from tumorboard.storage import safety

WORKER_BOOT_ERROR = 3
"""What gunicorn's arbiter takes for an end: after any other it tries for ever."""

try:
    settings = load_settings(os.environ)
    start_logging(settings.log_level)
    app = create_demo_app(settings, Path(os.environ[MARK]) / "mail")
    with app.app_context():
        safety.require_safe_database()
except ConfigurationError as error:
    print(error, file=sys.stderr)  # noqa: T201 - said before anything that logs is up
    sys.exit(WORKER_BOOT_ERROR)
