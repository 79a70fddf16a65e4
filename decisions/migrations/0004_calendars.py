from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import decisions.clock
from decisions import guards


def renew(apps: Any, schema_editor: Any) -> None:
    guards.uninstall(apps, schema_editor)
    guards.install(apps, schema_editor)


class Migration(migrations.Migration):
    """Imported holiday notices and backward plans, kept like all facts."""

    dependencies = [
        ("decisions", "0003_meeting_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("title", models.CharField(max_length=200, verbose_name="通知标题")),
                ("text", models.TextField(verbose_name="通知内容")),
                ("holidays", models.JSONField(verbose_name="放假日期")),
                ("makeup", models.JSONField(verbose_name="调休上班日期")),
                ("because", models.CharField(blank=True, default="", max_length=200, verbose_name="更正的理由")),
                ("imported_at", models.DateTimeField(default=decisions.clock.now, verbose_name="导入时间")),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "放假安排",
                "verbose_name_plural": "放假安排",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "target",
                    models.CharField(
                        choices=[("meeting", "集体讨论会议"), ("publication", "决策公布")],
                        max_length=12,
                        verbose_name="目标",
                    ),
                ),
                ("target_on", models.DateField(verbose_name="目标日期")),
                ("made_on", models.DateField(verbose_name="制定日期")),
                ("rows", models.JSONField(verbose_name="各环节的计划日期")),
                ("slipped", models.JSONField(default=list, verbose_name="与上一计划相比")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="decisions.decision"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "倒排工期",
                "verbose_name_plural": "倒排工期",
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(renew, migrations.RunPython.noop),
    ]
