"""Health check of the web container: asks as the proxy would, with the public host's name."""

import http.client
import os
import sys
from urllib.parse import urlsplit

public = urlsplit(os.environ["TUMORBOARD_BASE_URL"])
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
connection.request("GET", "/health", headers={"Host": public.netloc, "X-Forwarded-Proto": public.scheme})
sys.exit(connection.getresponse().status != http.client.OK)
