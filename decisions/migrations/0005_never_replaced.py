from typing import Any

from django.db import migrations

from decisions import guards


def renew(apps: Any, schema_editor: Any) -> None:
    guards.uninstall(apps, schema_editor)
    guards.install(apps, schema_editor)


class Migration(migrations.Migration):
    """On SQLite no row is replaced by another with its key, where the schema was made before that was refused."""

    dependencies = [("decisions", "0004_calendars")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
