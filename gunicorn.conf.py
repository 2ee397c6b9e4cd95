"""How gunicorn serves the site. Every value can be set from the environment."""

import os

wsgi_app = "config.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
# Large enough for three photos of 10 MB and the answers; the site refuses more with a message.
limit_request_line = 8190
# Neither the address asked for nor the query string is logged: a search can be private.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
control_socket_disable = True
