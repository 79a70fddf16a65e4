"""What the database itself refuses: changed or removed records, and facts out of order (procedure, section 5).

The same conditions run as triggers on SQLite and PostgreSQL. They are part of the schema: migrations install them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

from .permanence import CHANGEABLE, WRITTEN_ONCE, kept_models, never_replaced, permanence
from .procedure import facts
from .trigger import Guard

__all__ = ["CHANGEABLE", "WRITTEN_ONCE", "Guard", "facts", "guards", "install", "kept_models", "permanence", "removed"]


def guards(vendor: str) -> list[Guard]:
    """Every guard of a kind of database."""
    return [*facts(vendor), *permanence(), *(never_replaced() if vendor == "sqlite" else ())]


def guards_of(database: Any) -> list[Guard]:
    """The guards of the tables that are there: while migrations run, later tables are not yet."""
    tables = set(database.introspection.table_names())
    return [guard for guard in guards(database.vendor) if guard.table in tables]


def install(_apps: Any = None, schema_editor: Any = None) -> None:
    """Put every guard in place."""
    database = schema_editor.connection if schema_editor else connection
    with database.cursor() as cursor:
        for guard in guards_of(database):
            for statement in guard.create(database.vendor):
                cursor.execute(statement)


def uninstall(_apps: Any = None, schema_editor: Any = None) -> None:
    database = schema_editor.connection if schema_editor else connection
    with database.cursor() as cursor:
        for guard in guards_of(database):
            for statement in guard.drop(database.vendor):
                cursor.execute(statement)


@contextmanager
def removed() -> Iterator[None]:
    """Without guards: only for emptying a test database between tests."""
    uninstall()
    try:
        yield
    finally:
        install()


def unguarded_models() -> set[str]:
    """Models of ours that no guard protects from deletion; must be empty."""
    models = {m._meta.model_name for m in apps.get_app_config("decisions").get_models(include_auto_created=False)}
    return {name for name in models if name is not None} - kept_models()
