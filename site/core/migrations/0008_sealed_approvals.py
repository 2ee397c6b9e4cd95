import hashlib
import hmac
import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models

import images.models.site_image

FIELDS = (
    "page_id", "content_hash", "kind", "clinician_id", "reviewer_name", "approved_at", "reviewed_on", "review_on", "comment",
    "override_reason", "overridden",
)


def seal_of(approval, key):
    secret = hashlib.sha256(b"alluraderm/approval/" + key.encode()).digest()
    values = [getattr(approval, name) for name in FIELDS]
    return hmac.new(secret, json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder).encode(), hashlib.sha256).hexdigest()


def seal_existing(apps, schema_editor):
    """Approvals from before there were seals get theirs here: run this migration with the staff side's environment."""
    approvals = apps.get_model("core", "Approval").objects
    changed = []
    for approval in approvals.filter(seal="").iterator():
        approval.seal = seal_of(approval, settings.APPROVAL_KEY)
        changed.append(approval)
    approvals.bulk_update(changed, ["seal"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("core", "0007_glossary")]

    operations = [
        migrations.AddField(
            model_name="approval", name="seal", field=models.CharField(blank=True, editable=False, max_length=64)
        ),
        migrations.AddField(
            model_name="siterendition",
            name="file_hash",
            field=images.models.site_image.FileHashField(blank=True, editable=False, max_length=40),
        ),
        migrations.RunPython(seal_existing, migrations.RunPython.noop),
    ]
