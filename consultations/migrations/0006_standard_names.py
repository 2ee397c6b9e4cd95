from django.db import migrations


class Migration(migrations.Migration):
    """Models get the field's standard names. Tables, columns, rows and permissions stay as they are."""

    dependencies = [("consultations", "0005_sealed_files")]

    operations = [
        # Without a change of table, renaming a model touches the database's tables no more.
        migrations.AlterModelTable("AccessRecord", "consultations_accessrecord"),
        migrations.RenameModel("AccessRecord", "AccessLogEntry"),
        migrations.AlterModelTable("RecordHead", "consultations_recordhead"),
        migrations.RenameModel("RecordHead", "AccessLogHead"),
        migrations.AlterModelTable("Notice", "consultations_notice"),
        migrations.RenameModel("Notice", "OutgoingMail"),
        migrations.AlterModelTable("Destruction", "consultations_destruction"),
        migrations.RenameModel("Destruction", "DeletionCertificate"),
        migrations.AlterModelOptions(
            name="accesslogentry",
            options={
                "default_permissions": (),
                "ordering": ("-number",),
                "permissions": [("view_accessrecord", "Can view the access record")],
                "verbose_name": "entry of the access record",
                "verbose_name_plural": "access record",
            },
        ),
        migrations.AlterModelOptions(
            name="deletioncertificate",
            options={
                "default_permissions": (),
                "ordering": ("-destroyed_at",),
                "verbose_name": "deletion certificate",
                "verbose_name_plural": "deletion certificates",
            },
        ),
        migrations.AlterModelOptions(
            name="outgoingmail",
            options={"default_permissions": (), "verbose_name": "outgoing mail", "verbose_name_plural": "outgoing mails"},
        ),
    ]
