"""The website for a WSGI server: `gunicorn netguide.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netguide.settings")
application = get_wsgi_application()

from chat.safety import read_rules  # noqa: E402 - Django must be set up first
from netguide.practice import guide, texts  # noqa: E402

# Read now, so that a malformed guide stops the start and no visitor waits for the reading.
guide(), texts(), read_rules()
