"""The words that a new site looks for in what patients write."""

import tomllib
from pathlib import Path

from django.db import migrations

from consultations import danger_signs

INITIAL = Path(danger_signs.__file__).parent / "initial_words.toml"
LISTS = ("words", "near", "anywhere", "harmless")


def add_words(apps, schema_editor):
    model = apps.get_model("consultations", "UrgentWords")
    for rule in tomllib.loads(INITIAL.read_text(encoding="utf-8"))["rules"]:
        lists = {name: "\n".join(" ".join(rule.get(name, "").split()).split(" / ")) for name in LISTS}
        model.objects.get_or_create(family=rule["family"], title=rule["title"], defaults=lists)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0011_urgent_signs")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
