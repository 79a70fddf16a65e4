"""`manage.py play CASE.yaml`: run cases through the real procedure in simulated time."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from decisions import parameters
from decisions.parameters import ParameterError, Parameters
from workflows.play import Lines, Malformed, Objects, play, read_cases
from workflows.play.reference import reference

NOT_MET, MALFORMED = 1, 2


class Command(BaseCommand):
    help = (
        "Play cases through the real services and flows in simulated time (docs/case-format.md). "
        "Exit status: 0 all as expected, 1 an expectation is not met, 2 a file cannot be played as written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cases", nargs="*", type=Path, metavar="CASE.yaml")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--keep", action="store_true", help="keep what was played; else it is rolled back")
        parser.add_argument("--go-on", action="store_true", help="play on after an expectation was not met")
        parser.add_argument("--figures", type=Path, help="try a jurisdiction's figures: a TOML file, or a directory")
        parser.add_argument("--today", type=date.fromisoformat, help="the day that `today` means in a case")
        parser.add_argument("--reference", action="store_true", help="print every act, field, unit and choice")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reference"]:
            self.stdout.write(reference())
            return
        prepare_empty_database()
        try:
            with figures(options["figures"]) as jurisdiction:
                tallies = list(self.play_all(jurisdiction, options))
        except (Malformed, ParameterError) as error:
            self.stderr.write(str(error))
            sys.exit(MALFORMED)
        if not tallies:
            self.stderr.write("没有指定案例文件。")
            sys.exit(MALFORMED)
        if any(tally.unmet for tally in tallies):
            sys.exit(NOT_MET)

    def play_all(self, jurisdiction: str, options: dict[str, Any]) -> Any:
        """Read every file before the first is played, then play them one by one."""
        voice = Objects(self.stdout.write) if options["json"] else Lines(self.stdout.write)
        cases = [case for file in options["cases"] for case in read_cases(file)]
        for case in cases:
            yield play(
                case,
                voice,
                keeps=options["keep"],
                goes_on=options["go_on"],
                today=options["today"],
                jurisdiction=jurisdiction,
            )


def prepare_empty_database() -> None:
    """A database without tables, as a fresh clone has it, is given them; any other is left as it is."""
    if "django_migrations" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)


class figures(AbstractContextManager[str]):
    """The parameters with the figures to be tried; gives the jurisdiction to play under, if it is one file's."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.using: Any = nullcontext()
        self.place: Any = None

    def __enter__(self) -> str:
        if self.path is None:
            return ""
        if not self.path.exists():
            raise ParameterError(f"{self.path}: there is no such file or directory")
        directory = self.path if self.path.is_dir() else self._alone(self.path)
        self.using = parameters.using(Parameters.read(parameters.HERE, directory))
        self.using.__enter__()
        return "" if self.path.is_dir() else self.path.stem

    def _alone(self, path: Path) -> Path:
        """A directory in which the file stands alone."""
        self.place = tempfile.TemporaryDirectory()
        directory = Path(self.place.name)
        (directory / path.name).write_bytes(path.read_bytes())
        return directory

    def __exit__(self, *error: Any) -> None:
        self.using.__exit__(*error)
        if self.place:
            self.place.cleanup()
