from django.db import migrations

from decisions import guards


class Migration(migrations.Migration):
    """Triggers: what the database itself refuses."""

    dependencies = [("decisions", "0001_initial")]

    operations = [migrations.RunPython(guards.install, migrations.RunPython.noop)]
