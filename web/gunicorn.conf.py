"""How gunicorn serves the website; a command line or GUNICORN_CMD_ARGS changes any of it."""

import os

wsgi_app = "netguide.wsgi"
bind = f"{os.environ.get('WEB_HOST', '127.0.0.1')}:{os.environ.get('WEB_PORT', '8000')}"
# A thread waits while the assistant thinks, so there are many more of them than of cores.
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "16"))
# Longer than a visitor takes between two questions, or a question meets a closing connection.
keepalive = 75
timeout = 30
graceful_timeout = 8  # an answer takes five seconds at most
# An access log would hold visitors' addresses.
accesslog = None
