"""The list of words that a new site starts with."""

from pathlib import Path

import content_checks
import yaml
from django.db import migrations

DEFAULTS = Path(content_checks.__file__).parent / "default_rules.yaml"


def add_words(apps, schema_editor):
    rules = apps.get_model("core", "WordRule")
    for rule in yaml.safe_load(DEFAULTS.read_text(encoding="utf-8")):
        lists = {name: "\n".join(rule.pop(name, [])) for name in ("phrases", "together_with", "harmless")}
        rules.objects.get_or_create(key=rule.pop("key"), defaults={**rule, **lists})


class Migration(migrations.Migration):
    dependencies = [("core", "0003_review")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
