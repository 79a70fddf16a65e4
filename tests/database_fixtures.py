"""A migrated SQLite database, kept in build/ between runs for as long as nothing that makes the schema changes."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from decisions import guards
from workflows import guards as notice_guards

ROOT = Path(__file__).resolve().parent.parent


def _makes_the_schema() -> list[Path]:
    migrations = [path for app in ("decisions", "workflows") for path in (ROOT / app / "migrations").glob("*.py")]
    guarding = [*(ROOT / "decisions/guards").glob("*.py"), ROOT / "workflows/guards.py"]
    return sorted([*migrations, *guarding, ROOT / "requirements/run.txt"])


@pytest.fixture(scope="session")
def kept_database() -> Path | None:
    """Where the migrated database is kept; nowhere when tests run on PostgreSQL."""
    if connection.vendor != "sqlite":
        return None
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in _makes_the_schema())).hexdigest()[:16]
    return ROOT / "build" / f"test-database-{mark}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(kept_database: Path | None) -> bool:
    """Start from the kept database when there is one."""
    return bool(kept_database and kept_database.exists())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_keepdb: bool, kept_database: Path | None
) -> None:
    """Each test process works on a copy of its own."""
    if kept_database and django_db_keepdb:
        shutil.copyfile(kept_database, settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, kept_database: Path | None) -> None:
    """After migrating, keep a copy for the next run."""
    if kept_database and not django_db_keepdb:
        kept_database.parent.mkdir(exist_ok=True)
        draft = kept_database.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source, sqlite3.connect(draft) as copy:
            source.backup(copy)
        source.close()
        copy.close()
        draft.replace(kept_database)


@pytest.fixture(scope="session", autouse=True)
def _emptying_despite_the_guards() -> Iterator[None]:
    """Between tests with real transactions Django empties every table, which our guards rightly refuse on SQLite."""
    empty = TransactionTestCase._fixture_teardown

    def empty_unguarded(case: TransactionTestCase) -> None:
        with guards.removed(), notice_guards.removed():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_unguarded)
        yield
