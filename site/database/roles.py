"""Making the two roles what they must be."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction

from database.functions import function_sql
from database.grants import TableGrants, table_grants
from database.policies import policy_sql
from database.published import SCHEMA, readable_models, view_sql

#: More than two processes with a pool of eight need, and less than PostgreSQL has.
MAX_PUBLIC_CONNECTIONS = 60
ATTRIBUTES = "LOGIN NOCREATEDB NOCREATEROLE NOINHERIT"
#: Only a superuser may name these for a role that exists, so they are named only where a role has one of them.
GRAVE_ATTRIBUTES = "NOSUPERUSER NOREPLICATION NOBYPASSRLS"


def public_role() -> str:
    """The name of the role of public processes."""
    return str(settings.PUBLIC_DATABASE_ROLE)


def staff_role() -> str:
    """The name of the role of staff processes and of the worker."""
    return str(settings.STAFF_DATABASE_ROLE)


def quoted(name: str) -> str:
    """A name for use in a statement."""
    return connection.ops.quote_name(name)


def rows(statement: str, *parameters: str | list[str]) -> list[tuple]:
    """The result of a query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def exist() -> bool:
    """Whether both roles exist."""
    return len(rows("SELECT 1 FROM pg_roles WHERE rolname IN (%s, %s)", public_role(), staff_role())) == 2


def is_prepared() -> bool:
    """Whether `apply` has run on this database."""
    return bool(rows("SELECT 1 FROM pg_namespace WHERE nspname = %s", SCHEMA))


def create_roles(passwords: dict[str, str]) -> None:
    """Create the roles that do not exist, and set their attributes and the passwords that are given. Needs the right to create roles."""
    for role in (public_role(), staff_role()):
        if not rows("SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            run(f"CREATE ROLE {quoted(role)} {ATTRIBUTES}")
        else:
            run(f"ALTER ROLE {quoted(role)} {ATTRIBUTES}")
        if rows("SELECT 1 FROM pg_roles WHERE rolname = %s AND (rolsuper OR rolreplication OR rolbypassrls)", role):
            run(f"ALTER ROLE {quoted(role)} {GRAVE_ATTRIBUTES}")
        if password := passwords.get(role):
            with connection.cursor() as cursor:
                cursor.execute("SELECT format('ALTER ROLE %%I PASSWORD %%L', %s::text, %s::text)", [role, password])
                cursor.execute(cursor.fetchone()[0])


def run(*statements: str) -> None:
    """Execute statements that have no result."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@transaction.atomic
def apply() -> None:
    """Give both roles exactly their rights, in one transaction, so that no process sees a state in between. Idempotent."""
    public, staff, database = quoted(public_role()), quoted(staff_role()), quoted(str(connection.settings_dict["NAME"]))
    drop_views()
    run(*undo_sql())
    run(
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {public}, {staff}",
        f"GRANT CONNECT ON DATABASE {database} TO {public}, {staff}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {public}, {staff}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {public}, {staff}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {public}, {staff}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {staff}",
        # A role can change its own settings, so a break-in could leave some behind.
        f"ALTER ROLE {public} RESET ALL",
        f"ALTER ROLE {public} IN DATABASE {database} RESET ALL",
        f"ALTER ROLE {public} IN DATABASE {database} SET search_path = {SCHEMA}, public",
        f"ALTER ROLE {public} IN DATABASE {database} SET idle_in_transaction_session_timeout = '10s'",
        f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {public}",
        *(view_sql(model, condition) for model, condition in readable_models()),
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {public}",
        *(statement for grants in table_grants() for statement in grant_sql(grants, public, staff)),
        *function_sql(public),
        *policy_sql(public, staff),
        # A lock that a public process holds on a row of its own must not keep the staff side waiting.
        f"ALTER ROLE {staff} IN DATABASE {database} SET lock_timeout = '5s'",
        f"ALTER ROLE {public} CONNECTION LIMIT {MAX_PUBLIC_CONNECTIONS}",
    )


def undo_sql() -> Iterator[str]:
    """The statements that take back what gives a role more than rights: ownership, membership of another role, a disabled trigger."""
    for table in owned_tables():
        yield f"ALTER TABLE {table} OWNER TO CURRENT_USER"
    for role, group in memberships():
        yield f"REVOKE {group} FROM {role}"
    for table, _trigger in disabled_triggers():
        yield f"ALTER TABLE {table} ENABLE TRIGGER USER"


def owned_tables() -> list[str]:
    """The quoted names of tables that one of the roles owns, so that it can change their rights and triggers."""
    found = rows(
        "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', %s) AND tableowner IN (%s, %s)",
        SCHEMA, public_role(), staff_role(),
    )  # fmt: skip
    return [name for (name,) in found]


def memberships() -> list[tuple]:
    """The quoted names of each of the roles and of a role that it can act as."""
    roles = [public_role(), staff_role()]
    return rows(
        "SELECT quote_ident(m.rolname), quote_ident(g.rolname) FROM pg_auth_members JOIN pg_roles m ON m.oid = member "
        "JOIN pg_roles g ON g.oid = roleid WHERE m.rolname = ANY(%s)", roles,
    )  # fmt: skip


def disabled_triggers() -> list[tuple]:
    """Each disabled trigger of the access record, with its table."""
    return rows(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
        "WHERE NOT tgisinternal AND tgenabled = 'D' AND tgrelid = 'public.consultations_accessrecord'::regclass"
    )


def grant_sql(grants: TableGrants, public: str, staff: str) -> Iterator[str]:
    """The statements for the rights to one table."""
    for role, rights in ((public, grants.public), (staff, grants.staff)):
        if rights:
            yield f"GRANT {', '.join(rights)} ON public.{quoted(grants.table)} TO {role}"
            if role == public and "INSERT" in rights:
                yield from (f"GRANT USAGE ON SEQUENCE {name} TO {public}" for (name,) in sequences_of(grants.table))


def sequences_of(table: str) -> list[tuple]:
    """The sequences that number the rows of a table."""
    return rows(
        "SELECT pg_get_serial_sequence(quote_ident(table_name), column_name) AS name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL",
        table,
    )


def drop_views() -> None:
    """Drop what a public process reads, because a migration cannot change a column that a view shows. The schema stays."""
    run(*(f"DROP VIEW {SCHEMA}.{quoted(name)}" for (name,) in rows("SELECT viewname FROM pg_views WHERE schemaname = %s", SCHEMA)))
