"""The site as `make run` starts it, in processes and a folder of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.prepared import PROJECT, environment_of


@dataclass
class RunningSite:
    """A site in processes of its own, with a folder of its own."""

    base: str
    folder: Path
    scratch: Path
    database: str
    log: Path

    @property
    def accounts(self) -> dict[str, tuple[str, str]]:
        lines = (self.folder / "demo-accounts.txt").read_text().splitlines()
        return {role: (username, password) for role, username, password in map(str.split, lines)}

    def add_administrator(self, username: str, password: str) -> None:
        """An account of a test's own, for what would stand in other tests' way."""
        environment = {**environment_of(self.folder, self.database), "DJANGO_SUPERUSER_PASSWORD": password}
        command = [
            sys.executable,
            "manage.py",
            "createsuperuser",
            "--noinput",
            "--username",
            username,
            "--email",
            f"{username}@example.org",
        ]
        subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)

    def everything_written(self) -> bytes:
        """Every byte of every file the site wrote, its log, its temporary folder, and its database."""
        files = [path for folder in (self.folder, self.scratch) for path in folder.rglob("*") if path.is_file()]
        contents = []
        for path in files:
            # The database's own temporary files come and go.
            with contextlib.suppress(FileNotFoundError):
                contents.append(path.read_bytes())
        return b"\n".join([*contents, self.log.read_bytes(), self.database_dump()])

    def database_dump(self) -> bytes:
        """All rows of a PostgreSQL database; the embedded one is a file and found with the files."""
        if not self.database.startswith("postgres"):
            return b""
        import psycopg

        with psycopg.connect(self.database) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            rows = [connection.execute(f'SELECT * FROM "{table}"').fetchall() for (table,) in tables]  # type: ignore[arg-type]
        return repr(rows).encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def start_site(database: str = "", prepared: Path | None = None) -> Iterator[RunningSite]:
    """`manage.py run_demo` on a free port and with a folder of its own, stopped and removed at the end.

    `prepared` is a folder of the site to begin from; without one it prepares everything itself.
    """
    folder = Path(tempfile.mkdtemp(prefix="alluraderm-browser-"))
    scratch = folder / "tmp"
    scratch.mkdir()
    if prepared:
        shutil.copytree(prepared, folder / "var")
    port = free_port()
    environment = {
        **environment_of(folder / "var", database),
        "TMPDIR": str(scratch),
        "PORT": str(port),
        "LOG_LEVEL": "DEBUG",
        # One browser is served as well by one process, which starts in half the time.
        "WEB_WORKERS": "1",
    }
    log = folder / "site.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_demo"], cwd=PROJECT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    site = RunningSite(f"http://127.0.0.1:{port}", folder / "var", scratch, database, log)
    try:
        wait_for(site.base, process, log)
        yield site
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=15)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/", timeout=5) as response:
                if response.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"the site did not start:\n{log.read_text()[-3000:]}")
