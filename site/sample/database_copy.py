"""Migrating the embedded SQLite database in a copy, so that an interruption leaves either the old or the new database intact.

SQLite cannot roll back every step of a migration. PostgreSQL can, so it needs no copy.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

FILE_SUFFIXES = ("", "-wal", "-shm")


@contextmanager
def migrate_in_copy(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Connect to a copy of the database within the context, and replace the database by the copy at its end.

    Does nothing for other databases than SQLite files. An exception within the context leaves the database unchanged.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:":
        yield
        return
    file, copy_file = Path(name), Path(f"{name}.new")
    connection.close()
    for suffix in FILE_SUFFIXES:
        Path(f"{copy_file}{suffix}").unlink(missing_ok=True)
    if file.exists():
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy_file)) as target:
            # Empty the WAL first: SQLite would otherwise apply what is left of it to the new database file.
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            source.backup(target)
    connection.settings_dict["NAME"] = str(copy_file)
    try:
        yield
    finally:
        # Closing the last connection writes the WAL into the database file, so only that file has to be moved.
        connection.close()
        connection.settings_dict["NAME"] = name
    copy_file.replace(file)
