"""Settings of gunicorn. Environment variables set the address, workers, threads and log level."""

import os
import subprocess
import sys
from typing import Any

wsgi_app = "config.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
limit_request_line = 8190
# No access log: the path and query string of a request can be private, such as search words.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
control_socket_disable = True


def on_starting(server: Any) -> None:
    """End with one line where something is wrong. Without this, gunicorn starts workers that cannot load the site again and again.

    In a process of its own, because a reload must read the settings anew.
    """
    # What the command line names, or else the setting above.
    if server.app.app_uri != wsgi_app:
        return
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([pythonpath, os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, "-m", "config.preflight"], env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)
