"""All that a worker can do: ``celery --app=workers.tasks worker``. Beat only names tasks, and starts without them."""

from workers import daily, deliver, packs, relay, sweep
from workers.celery_app import celery_app

__all__ = ["celery_app", "daily", "deliver", "packs", "relay", "sweep"]
