import django.db.models.deletion
from django.db import migrations, models

TABLE = "consultations_accessrecord"
POSTGRESQL = f"""
CREATE FUNCTION {TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the access record is append-only'; END $$;
CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only();
CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_append_only();
"""
SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'the access record is append-only'); END"
    for event in ("UPDATE", "DELETE")
]


def guard(apps, schema_editor):
    """The database itself refuses to change or delete an entry."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    elif schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {TABLE}_append_only() CASCADE")
    elif schema_editor.connection.vendor == "sqlite":
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_existing_requests")]

    operations = [
        migrations.AlterField(
            model_name="consultationrequest",
            name="receipt_hash",
            field=models.CharField(editable=False, max_length=64, unique=True, verbose_name="hash of the receipt code"),
        ),
        migrations.AlterField(
            model_name="consultationrequest",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultations.consentversion", verbose_name="consent"
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
