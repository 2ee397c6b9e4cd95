"""Changing the embedded database's tables beside it, so that a stop at any moment leaves the old one or the new one whole.

SQLite cannot undo every step of a migration; PostgreSQL can, and needs none of this.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

FILE_ENDINGS = ("", "-wal", "-shm")


@contextmanager
def migrate_in_copy(connection: Any) -> Iterator[None]:
    """Within it, the connection leads to a copy of its database; at the end the copy takes the database's place."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:":
        yield
        return
    file, copy_file = Path(name), Path(f"{name}.new")
    connection.close()
    for ending in FILE_ENDINGS:
        Path(f"{copy_file}{ending}").unlink(missing_ok=True)
    if file.exists():
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy_file)) as target:
            # Nothing of the old database may be left to be played back into the new one.
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            source.backup(target)
    connection.settings_dict["NAME"] = str(copy_file)
    try:
        yield
    finally:
        # The last connection to close brings everything into the one file.
        connection.close()
        connection.settings_dict["NAME"] = name
    copy_file.replace(file)
