"""Further words that a site looks for in what patients write. Words that staff edited stay as they are."""

from importlib import import_module

from django.db import migrations

add_words = import_module("consultations.migrations.0012_first_urgent_words").add_words


class Migration(migrations.Migration):
    dependencies = [("consultations", "0012_first_urgent_words")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
