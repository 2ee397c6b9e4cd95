"""The site as production runs it, on this machine: gunicorn with the production settings, and nginx in front where it is installed."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sealing.key_file import create_key_file
from sealing.key_pairs import PrivateKey
from sealing.keys import encode_public
from tests.browser.running import free_port

PROJECT = Path(__file__).resolve().parents[2]
BINARIES = Path(sys.executable).parent
HTTPS = {"X-Forwarded-Proto": "https"}

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log crit;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types; access_log off; server_tokens off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  proxy_cache_path {folder}/cache keys_zone=pages:10m max_size=200m;
  gzip on; gzip_vary on; gzip_proxied any; gzip_types text/css application/javascript application/xml image/svg+xml application/ld+json;
  upstream site {{ server 127.0.0.1:{port}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{front} backlog=1024;
    proxy_http_version 1.1; proxy_set_header Connection "";
    proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Forwarded-For $remote_addr;
    location /media/ {{ alias {folder}/var/media/; expires 30d; }}
    location /file/ {{ alias {folder}/file/; default_type text/html; }}
    location /kept/ {{
      proxy_cache pages; proxy_cache_valid 200 1s; proxy_ignore_headers Cache-Control Vary; proxy_pass http://site/;
    }}
    location / {{ proxy_pass http://site; }}
  }}
}}
"""


@dataclass
class Production:
    """Where the running copy is."""

    folder: Path
    environment: dict[str, str]
    #: gunicorn alone.
    base: str
    #: nginx before it; empty where there is none.
    front: str
    process: subprocess.Popen[bytes]
    #: From starting the server to its first page, which nothing had rendered yet.
    seconds_to_first_page: float


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)


def environment_for(folder: Path, port: int, front: int, database: str, extra: dict[str, str]) -> dict[str, str]:
    """Everything production wants to know, with keys of its own."""
    key_file = folder / "keys" / "private.key"
    private_key: PrivateKey = create_key_file(key_file)
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"),
        "SECRET_KEY": "bench-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BASE_URL": f"https://127.0.0.1:{front or port}",
        "DATABASE_URL": database or f"sqlite:///{folder}/site.sqlite3",
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "DEFAULT_FROM_EMAIL": "Clinic <website@example.org>",
        "SECURITY_CONTACT": "security@example.org",
        "CONSULTATION_PUBLIC_KEYS": encode_public(private_key.public_key()),
        "CONSULTATION_PRIVATE_KEY_FILE": str(key_file),
        "REQUIRE_MFA": "false",
        "SERVE_MEDIA": "true",
        "LOG_LEVEL": "ERROR",
        # All posts come from one address.
        "CONSULTATION_POSTS_PER_HOUR": "0",
        "PORT": str(port),
        **extra,
    }


def wait_for(address: str, seconds: float = 30) -> float:
    """Seconds until an address answers with 200."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(urllib.request.Request(address, headers=HTTPS), timeout=5) as answer,
        ):
            if answer.status == 200:
                return time.monotonic() - start
        time.sleep(0.02)
    raise RuntimeError(f"{address} does not answer")


@contextlib.contextmanager
def serving(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server process with all its children, ended at the end."""
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@contextlib.contextmanager
def production(database: str = "", **extra: str) -> Iterator[Production]:
    """A loaded sample clinic behind gunicorn, and nginx where it is installed. Everything is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="alluraderm-production-"))
    folder.chmod(0o755)
    port, front = free_port(), free_port() if shutil.which("nginx") else 0
    environment = environment_for(folder, port, front, database, extra)
    for command in (["migrate"], ["set_up_site"], ["load_sample"], ["generate_renditions", "--all"], ["collectstatic", "--noinput"]):
        manage(environment, *command, "--verbosity", "0")
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        process = stack.enter_context(serving([str(BINARIES / "gunicorn"), "-c", "gunicorn.conf.py"], environment))
        base = f"http://127.0.0.1:{port}"
        seconds = wait_for(f"{base}/")
        if front:
            (folder / "file").mkdir()
            (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, front=front))
            stack.enter_context(serving(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], environment))
            wait_for(f"http://127.0.0.1:{front}/healthz")
        yield Production(folder, environment, base, f"http://127.0.0.1:{front}" if front else "", process, seconds)


#: Asks every address three times and prints how many queries the last answer took.
COUNT_QUERIES = """
import json, sys
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
counts = {}
for path in json.loads(sys.stdin.read()):
    client = Client(headers={"host": "127.0.0.1"})
    for _time in range(3):
        with CaptureQueriesContext(connection) as captured:
            client.get(path, secure=True)
    counts[path] = len(captured)
print("counted " + json.dumps(counts))
"""


def queries(site: Production, paths: list[str], **extra: str) -> dict[str, int]:
    """SQL statements for each address, in a process that was told something of its own."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", COUNT_QUERIES]
    environment = {**site.environment, **extra}
    done = subprocess.run(command, cwd=PROJECT, env=environment, input=json.dumps(paths), capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout.rpartition("counted ")[2])
    return found


@contextlib.contextmanager
def beside(site: Production, **extra: str) -> Iterator[str]:
    """Another server of the same site, told something else; gives its address."""
    port = free_port()
    with serving([str(BINARIES / "gunicorn"), "-c", "gunicorn.conf.py"], {**site.environment, "PORT": str(port), **extra}):
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"


if __name__ == "__main__":
    with production(os.environ.get("BENCH_DATABASE_URL", "")) as site:
        sys.stdout.write(f"{site.front or site.base}\n{site.base}\n{site.folder}\n")
        sys.stdout.flush()
        signal.pause()
