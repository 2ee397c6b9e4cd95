"""What each role may do with the tables themselves. Deny by default: what is not named here is refused."""

from dataclasses import dataclass, field

from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder

#: For tables that a public process writes: the rights, `UPDATE` with its columns. `policies` limits the rows. Never `DELETE`, nor
#: `UPDATE` of a whole table: either lets a role lock the table against everybody.
PUBLIC_WRITES = {
    "consultations.ConsultationRequest": ("SELECT", "INSERT"),
    "consultations.SealedPhoto": ("SELECT", "INSERT"),
    "consultations.SealedNote": ("SELECT", "INSERT"),
    "consultations.OutgoingMail": ("SELECT", "INSERT"),
    "consultations.DeletionCertificate": ("SELECT",),
    "consultations.AttemptCount": ("SELECT", "INSERT", "UPDATE (points)"),
    "home.SearchMiss": ("SELECT", "INSERT", "UPDATE (days, last_day, text)"),
}
#: Where the staff role has fewer rights than to read and write every row.
STAFF_LIMITS = {
    "consultations.AccessLogEntry": ("SELECT", "INSERT"),
    "consultations.AccessLogHead": ("SELECT", "INSERT", "UPDATE"),
    # The rows of an approval never change. Only what they refer to may be deleted.
    "core.Approval": ("SELECT", "INSERT", "UPDATE (page_id, revision_id, user_id)"),
}
EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")
MIGRATIONS = MigrationRecorder.Migration._meta.db_table


@dataclass(frozen=True)
class TableGrants:
    """The rights of each role to one table."""

    table: str
    public: tuple[str, ...] = ()
    staff: tuple[str, ...] = field(default=EVERYTHING)


def table_grants() -> list[TableGrants]:
    """The rights to every table of the site."""
    grants = [TableGrants(MIGRATIONS, ("SELECT",), ("SELECT",))]
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            label = model._meta.label
            grants.append(TableGrants(model._meta.db_table, PUBLIC_WRITES.get(label, ()), STAFF_LIMITS.get(label, EVERYTHING)))
    return grants
