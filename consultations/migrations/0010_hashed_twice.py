from django.db import migrations

from consultations.receipt_codes import stored_hash


def hash_again(apps, schema_editor):
    """What is stored was itself what named a request. Now it is a hash of that."""
    for name in ("ConsultationRequest", "DeletionCertificate"):
        model = apps.get_model("consultations", name)
        for pk, receipt_hash in model.objects.values_list("pk", "receipt_hash").iterator():
            model.objects.filter(pk=pk).update(receipt_hash=stored_hash(receipt_hash))
    # They serve for a day, to recognize a repeated POST.
    apps.get_model("consultations", "ConsultationRequest").objects.update(fingerprint=None)


class Migration(migrations.Migration):
    """Cannot be undone: a hash does not tell what it is of."""

    dependencies = [("consultations", "0009_sign_out_and_password_actions")]
    operations = [migrations.RunPython(hash_again)]
