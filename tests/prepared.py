"""The sample clinic, loaded once for a whole run of tests: a database and its media, to be copied wherever one is needed."""

import contextlib
import fcntl
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DONE = "done"
#: Where the run keeps it; the process that starts the run makes and removes it.
FOLDER = "ALLURADERM_PREPARED"


def environment_of(var: Path, database: str = "") -> dict[str, str]:
    """What `manage.py` needs to work in a folder of its own, and on a database of its own where one is named."""
    dropped = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "SITE_VERSION_FILE")
    return {
        **{name: value for name, value in os.environ.items() if name not in dropped},
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "VAR_DIR": str(var),
        **({"DATABASE_URL": database} if database else {}),
    }


def postgresql() -> str:
    """The server that the tests run on; empty on the embedded database."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def other_database(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return re.sub(r"/[^/]*$", f"/{name}", url)


def run_sql(url: str, statement: str) -> None:
    """A statement about a whole database of a PostgreSQL server."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


@contextlib.contextmanager
def alone(place: Path) -> Iterator[None]:
    """One process of a run at a time."""
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def folder() -> Path:
    """Where this run keeps what it prepared."""
    return Path(os.environ[FOLDER])


def template_name() -> str:
    """The PostgreSQL database that others are made from."""
    return re.sub(r"\W", "_", folder().name)


def prepare(server: str = "") -> Path:
    """The prepared folder, made by the first process that asks. With a `server`, a template database is prepared instead of a file."""
    with alone(folder()):
        if not (folder() / DONE).exists():
            database = ""
            if server:
                database = other_database(server, template_name())
                run_sql(server, f'CREATE DATABASE "{template_name()}"')
            command = [sys.executable, "manage.py", "run_demo", "--prepare"]
            environment = environment_of(folder() / "var", database)
            done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise RuntimeError(f"the sample clinic could not be prepared:\n{done.stdout}{done.stderr}")
            (folder() / DONE).touch()
    return folder() / "var"


@contextlib.contextmanager
def begun(server: str = "") -> Iterator[None]:
    """Preparing goes on in a process of its own, while test processes start and collect their tests."""
    command = [sys.executable, "-c", f"from tests import prepared; prepared.prepare({server!r})"]
    process = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def create_database(server: str, name: str) -> str:
    """A prepared database on that server; returns its address."""
    prepare(server)
    with alone(folder()):
        # A template may have no other connection while it is copied.
        run_sql(server, f'CREATE DATABASE "{name}" TEMPLATE "{template_name()}"')
    return other_database(server, name)


def drop_database(server: str, name: str) -> None:
    run_sql(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """The address of a prepared database beside the tests' own, where they run on PostgreSQL; else empty."""
    if not (server := postgresql()):
        yield ""
        return
    try:
        yield create_database(server, name)
    finally:
        drop_database(server, name)
