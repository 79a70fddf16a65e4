from django.db import migrations

from workflows.guards import install, uninstall


class Migration(migrations.Migration):
    """Evidence of service is neither rewritten nor removed."""

    dependencies = [("workflows", "0003_notices")]

    operations = [migrations.RunPython(install, uninstall)]
