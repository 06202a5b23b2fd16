"""The website for a WSGI server: `gunicorn netguide.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netguide.settings")
application = get_wsgi_application()
