"""What gunicorn serves: ``tumorboard.wsgi:app``. Stops the start, with sentences, when it is not fit to serve."""

import os
import sys

from tumorboard.app import create_app
from tumorboard.config import ConfigurationError, load_settings
from tumorboard.logs import start_logging
from tumorboard.storage import safety

WORKER_BOOT_ERROR = 3
"""What gunicorn's arbiter takes for an end: after any other it tries for ever."""

try:
    settings = load_settings(os.environ)
    start_logging(settings.log_level)
    app = create_app(settings)
    with app.app_context():
        safety.require_safe_database()
except ConfigurationError as error:
    print(error, file=sys.stderr)  # noqa: T201 - said before anything that logs is up
    sys.exit(WORKER_BOOT_ERROR)
