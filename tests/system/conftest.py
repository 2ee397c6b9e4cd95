"""A database of its own for each running site."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests import prepared
from tests.system.running import Site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Running sites share the machine, so these tests go one after the other."""
    for item in items:
        if "tests/system" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("system"))


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on SQLite, or on PostgreSQL where the tests run there. Nothing is started yet."""
    with prepared.scratch_database(f"alluraderm_system_{os.getpid()}") as database:
        running = Site(database, prepared.prepare(prepared.postgresql()))
        yield running
        running.stop()
        shutil.rmtree(running.folder, ignore_errors=True)
