from typing import Any

from django.db import migrations

from decisions import guards


def renew(apps: Any, schema_editor: Any) -> None:
    guards.uninstall(apps, schema_editor)
    guards.install(apps, schema_editor)


class Migration(migrations.Migration):
    """Triggers on what is said and decided at a meeting and after it, where the schema was made before them."""

    dependencies = [("decisions", "0002_guards")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
