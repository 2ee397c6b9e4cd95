"""Whether the two roles are what `roles.apply` makes them."""

from collections.abc import Iterator

from database.grants import table_grants
from database.policies import PROTECTED_TABLES
from database.published import SCHEMA, readable_models
from database.roles import disabled_triggers, exist, memberships, owned_tables, public_role, rows, staff_role


def problems() -> Iterator[str]:
    """In what way the roles are not what `apply` makes them, each in one line."""
    if not exist():
        yield f"the roles {public_role()} and {staff_role()} do not both exist"
        return
    for name, *attributes in rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname IN (%s, %s)",
        public_role(),
        staff_role(),
    ):
        if any(attributes):
            yield f"{name} is a superuser, or may bypass row-level security, create roles or databases, or replicate"
    for name, group in memberships():
        yield f"{name} is a member of {group}, so it can act as that role"
    for table in owned_tables():
        yield f"one of them owns the table {table}, so it can change its rights and its triggers"
    yield from grant_problems()
    for (table,) in rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s) AND NOT relrowsecurity",
        list(PROTECTED_TABLES),
    ):
        yield f"row-level security is off for {table}"
    for table, trigger in disabled_triggers():
        yield f"the trigger {trigger} of {table} is disabled"
    missing = {model._meta.db_table for model, _condition in readable_models()}
    missing -= {name for (name,) in rows("SELECT viewname FROM pg_views WHERE schemaname = %s", SCHEMA)}
    if missing:
        yield f"views are missing: {', '.join(sorted(missing))}"


def grant_problems() -> Iterator[str]:
    """Rights to tables that a role has and should not have, or the other way round."""
    expected = {
        (role, grants.table, right.split(" ")[0])
        for grants in table_grants()
        for role, rights in ((public_role(), grants.public), (staff_role(), grants.staff))
        for right in rights
    }
    # A right to some columns counts as the right, and a right to whole rows where only some columns may change shows as `(all)`.
    columns_only = {
        (role, grants.table)
        for grants in table_grants()
        for role, rights in ((public_role(), grants.public), (staff_role(), grants.staff))
        if any(right.startswith("UPDATE (") for right in rights)
    }
    parameters = (public_role(), staff_role())
    whole = set(rows(
        "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants "
        "WHERE table_schema = 'public' AND grantee IN (%s, %s, 'PUBLIC')", *parameters,
    ))  # fmt: skip
    partly = set(rows(
        "SELECT DISTINCT grantee, table_name, privilege_type FROM information_schema.role_column_grants "
        "WHERE table_schema = 'public' AND grantee IN (%s, %s, 'PUBLIC')", *parameters,
    ))  # fmt: skip
    for role, table, right in sorted((whole | partly) - expected):
        yield f"{role} may {right} {table}"
    for role, table, right in sorted(expected - (whole | partly)):
        yield f"{role} may not {right} {table}"
    for role, table in sorted(columns_only):
        if (role, table, "UPDATE") in whole:
            yield f"{role} may UPDATE every column of {table}"
