"""`manage.py demo_accounts`: who can sign in to the demo, and with which password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from decisions.models import Authority
from workflows import demo
from workflows.play.printing import padded

WIDTHS = (18, 14, 38, 10)


class Command(BaseCommand):
    help = "Print the demo accounts and their password; nothing when the demo is not loaded."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Authority.objects.filter(slug="muli").exists():
            return
        self.stdout.write(f"演示账号（密码均为 {demo.PASSWORD}，仅供演示，不得用于生产）：")
        for row in (("用户名", "姓名", "职责", "机关"), *demo.accounts()):
            self.stdout.write(
                "  " + "".join(padded(text, width) for text, width in zip(row, WIDTHS, strict=True)).rstrip()
            )
