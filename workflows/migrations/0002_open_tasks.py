from django.db import migrations


class Migration(migrations.Migration):
    """Partial indexes over Viewflow's tasks: an authority's open ones, and waits by the moment they end."""

    dependencies = [("workflows", "0001_initial"), ("viewflow", "0015_task_scheduled")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX open_tasks_by_queue ON viewflow_task (owner_permission, flow_task) WHERE finished IS NULL",
            "DROP INDEX open_tasks_by_queue",
        ),
        migrations.RunSQL(
            "CREATE INDEX waits_by_moment ON viewflow_task (scheduled) "
            "WHERE finished IS NULL AND flow_task_type = 'WAIT'",
            "DROP INDEX waits_by_moment",
        ),
    ]
