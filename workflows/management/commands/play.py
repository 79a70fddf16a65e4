"""`manage.py play CASE.yaml`: run cases through the real procedure in simulated time."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from decisions import parameters
from decisions.parameters import ParameterError, Parameters
from workflows.play import Lines, Malformed, Objects, play, read_cases
from workflows.play.reference import reference, renew

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
        parser.add_argument(
            "--reference",
            nargs="?",
            const="",
            metavar="FILE",
            help="print every act, field, unit and choice; or write them into the document after its mark",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        prepare_empty_database()
        if options["reference"] is not None:
            self.refer(options["reference"])
            return
        try:
            with figures(options["figures"]) as jurisdiction:
                tallies = list(self.play_all(jurisdiction, options))
        except (Malformed, ParameterError) as error:
            self.stderr.write(str(error))
            sys.exit(MALFORMED)
        except RecursionError:
            self.stderr.write(f"{'、'.join(map(str, options['cases']))}：嵌套过深，无法读取。")
            sys.exit(MALFORMED)
        if not tallies:
            self.stderr.write("没有指定案例文件。")
            sys.exit(MALFORMED)
        if any(tally.unmet for tally in tallies):
            sys.exit(NOT_MET)

    def refer(self, file: str) -> None:
        if file:
            renew(Path(file))
        else:
            self.stdout.write(reference())

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


@contextmanager
def figures(path: Path | None) -> Iterator[str]:
    """Use the figures to be tried; gives the jurisdiction to play under, if it is one file's."""
    if path is None:
        yield ""
        return
    if not path.exists():
        raise ParameterError(f"{path}: there is no such file or directory")
    with ExitStack() as stack:
        directory = path
        if path.is_file():  # read alone, whatever else stands beside it
            directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            (directory / path.name).write_bytes(path.read_bytes())
        stack.enter_context(parameters.using(Parameters.read(parameters.HERE, directory)))
        yield path.stem if path.is_file() else ""
