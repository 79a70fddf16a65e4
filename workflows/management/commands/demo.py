"""`manage.py demo`: load Muli Town with its matters."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from decisions import clock
from decisions.models import Authority
from workflows import demo
from workflows.play import Malformed


class Command(BaseCommand):
    help = "Load the demo town: people, and matters at every stage relative to today, made through the real procedure."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the database holds an authority")
        parser.add_argument("--today", type=date.fromisoformat, help="the day to which the matters have come")

    def handle(self, *args: Any, **options: Any) -> None:
        if Authority.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("数据库中已有决策机关；演示数据只装入空的数据库。")
        began = time.monotonic()
        try:
            number = demo.load(options["today"] or clock.today(), self.say)
        except Malformed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"演示数据已装入：{number}个事项，用时{time.monotonic() - began:.0f}秒。")

    def say(self, title: str) -> None:
        """Long work shows progress."""
        self.stdout.write(f"装入演示事项：{title}")
