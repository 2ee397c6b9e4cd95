"""The database: PostgreSQL through psycopg's pool, or the embedded SQLite."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import VAR, env, refuse

#: Without IMMEDIATE transactions, WAL and a timeout (in seconds), concurrent posts fail with "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}
#: Seconds. Reconnecting costs as much as a small page and checkpoints the WAL.
SQLITE_CONN_MAX_AGE = 600
POOL_OPTIONS = {"min_size": 1, "max_size": 8, "timeout": 10}


def make_folder_of(file: str) -> None:
    """Create the folder of a SQLite database, because SQLite creates only the file."""
    if file == ":memory:":
        return
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        refuse(f"the folder of the database {file} cannot be made ({problem.strerror}).")


def database_from(url: str) -> dict[str, Any]:
    """Django's settings for one database URL."""
    try:
        database: dict[str, Any] = env.db_url_config(url)
    except (ValueError, ImproperlyConfigured):
        # Without the problem's own words, which hold a part of the password.
        refuse("DATABASE_URL cannot be read. A password in it may hold only letters and digits, or must be percent-encoded.")
    database["ATOMIC_REQUESTS"] = False
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        options.update(SQLITE_OPTIONS)
        database["CONN_MAX_AGE"] = SQLITE_CONN_MAX_AGE
        make_folder_of(database["NAME"])
    elif database["ENGINE"].endswith("postgresql"):
        options["pool"] = POOL_OPTIONS
        database["CONN_MAX_AGE"] = 0
        # A connection from the pool is tried before it is used, so that a restarted database costs nobody a post.
        database["CONN_HEALTH_CHECKS"] = True
    return database


DATABASES = {"default": database_from(env.str("DATABASE_URL", default=f"sqlite:///{VAR / 'site.sqlite3'}"))}
#: The roles that `database_roles` makes on PostgreSQL: a public process connects as the first, the staff side as the second.
PUBLIC_DATABASE_ROLE = env.str("PUBLIC_DATABASE_ROLE", default="alluraderm_public")
STAFF_DATABASE_ROLE = env.str("STAFF_DATABASE_ROLE", default="alluraderm_staff")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
