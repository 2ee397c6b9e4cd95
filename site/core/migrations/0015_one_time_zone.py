"""Takes away the time zones that staff chose for themselves: days, hours and dates to publish are the clinic's."""

from django.db import migrations


def forget_zones(apps, schema_editor):
    apps.get_model("wagtailusers", "UserProfile").objects.exclude(current_time_zone="").update(current_time_zone="")


class Migration(migrations.Migration):
    dependencies = [("core", "0014_folded_search_index"), ("wagtailusers", "0001_initial"), ("wagtailusers", "0008_userprofile_avatar")]
    operations = [migrations.RunPython(forget_zones, migrations.RunPython.noop)]
