"""manage.py up: everything Juece needs, started and stopped as one."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils.translation import gettext as _

from config import services
from config.supervisor import AlreadyRunning, ServiceDied, Supervisor, only_one


class Command(BaseCommand):
    """Runs Valkey, the Celery worker with beat, and the web server until Ctrl-C."""

    help = "Start Valkey, the Celery worker with beat and the web server; stop them all with Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--prepare", action="store_true", help="First migrate, and load the demo town into an empty database."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with only_one(settings.DATA_DIR / "up.lock"):
                self._run(prepare=options["prepare"])
        except AlreadyRunning as other:
            raise CommandError(
                _("数据目录 {place} 已有一个实例在运行(进程 {pid})。请先停止它,或另设 DATA_DIR 与 PORT。").format(
                    place=settings.DATA_DIR, pid=other
                )
            ) from None

    def _run(self, *, prepare: bool) -> None:
        if not services.is_port_free():
            raise CommandError(_("地址 {bind} 已被占用。请另设 PORT,例如:PORT=8001").format(bind=settings.BIND))
        self._say(_("正在启动……"))
        if prepare:
            call_command("migrate", verbosity=0, stdout=self.stdout)
            call_command("demo", if_empty=True, stdout=self.stdout)
            connections.close_all()
        try:
            Supervisor(services.all_services()).run(self._announce)
        except ServiceDied as death:
            self._say(death.service.last_words())
            raise CommandError(
                _("服务 {name} 意外停止或未能就绪,已全部停止。日志:{log}").format(
                    name=death.service.name, log=death.service.log
                )
            ) from None
        self._say(_("已停止。"))

    def _announce(self) -> None:
        self._say(_("已就绪:{address}(按 Ctrl-C 停止)").format(address=services.address()))
        if "demo_accounts" in get_commands():
            call_command("demo_accounts", stdout=self.stdout)
        self.stdout.flush()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
