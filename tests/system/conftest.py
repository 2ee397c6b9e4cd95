"""A database of its own for each running site."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.running import Site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Running sites share the machine, so these tests go one after the other."""
    for item in items:
        if "tests/system" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("system"))


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on SQLite, or on PostgreSQL where the tests run there. Nothing is started yet."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    name, database = f"alluraderm_system_{os.getpid()}", ""
    if url.startswith("postgres"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        database = re.sub(r"/[^/]*$", f"/{name}", url)
    running = Site(database)
    yield running
    running.stop()
    shutil.rmtree(Path(running.folder), ignore_errors=True)
    if database:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]
