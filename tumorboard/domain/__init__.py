"""What people do, verb and noun, in the clinicians' words. No Flask, no Celery, no SMTP; the only writer of tables."""
