import secrets

from django.db import migrations


def complete(apps, schema_editor):
    """The published consent text becomes version 1; requests that are here already get it, and a code that nobody has."""
    page = apps.get_model("consultations", "ConsultationPage").objects.filter(live=True).first()
    if page is None:
        return
    version, _is_new = apps.get_model("consultations", "ConsentVersion").objects.get_or_create(
        text=page.consent_text, defaults={"number": 1}
    )
    requests = apps.get_model("consultations", "ConsultationRequest").objects
    for pk in requests.filter(receipt_hash=None).values_list("pk", flat=True):
        requests.filter(pk=pk).update(receipt_hash=secrets.token_hex(32), consent=version)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0002_requests_complete")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
