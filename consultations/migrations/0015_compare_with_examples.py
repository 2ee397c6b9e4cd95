"""Whether texts are compared with examples; and further words. Words that staff edited stay as they are."""

from importlib import import_module

from django.db import migrations, models


add_words = import_module("consultations.migrations.0012_first_urgent_words").add_words


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0014_wording'),
    ]

    operations = [
        migrations.AddField(
            model_name='urgentadvice',
            name='reads_examples',
            field=models.BooleanField(default=True, help_text='Besides your words, each text is compared with about two thousand invented ones. One that resembles the dangerous ones is stopped, and one that resembles only harmless ones is not. Words that you add always count.', verbose_name='also compare with our examples'),
        ),
        migrations.RunPython(add_words, migrations.RunPython.noop),
    ]
