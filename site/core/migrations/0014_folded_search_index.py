"""Marks that texts are folded on their way into the search index. `core/reindexing.py` then indexes an existing site anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0013_after_hours_page")]
    operations = []
