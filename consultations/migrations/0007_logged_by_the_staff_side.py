from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0006_standard_names")]

    operations = [
        migrations.AddField(
            model_name="deletioncertificate",
            name="request_id",
            field=models.UUIDField(editable=False, null=True, verbose_name="request"),
        ),
        # What is stored already has an entry in the access record; what comes later has none at first.
        *(
            operation
            for model in ("deletioncertificate", "sealednote")
            for operation in (
                migrations.AddField(
                    model_name=model,
                    name="is_logged",
                    field=models.BooleanField(default=True, editable=False, verbose_name="in the access record"),
                ),
                migrations.AlterField(
                    model_name=model,
                    name="is_logged",
                    field=models.BooleanField(default=False, editable=False, verbose_name="in the access record"),
                ),
            )
        ),
    ]
