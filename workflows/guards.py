"""What the database itself refuses about notices: evidence of service is neither rewritten nor removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from decisions.guards import Guard

KEPT = ("key", "kind", "rung", "due_on", "recipient_id", "on_behalf_of_id", "subject", "text", "sha256", "raised_at")
"""Columns of a notice that say what was served, to whom and when."""


def guards(vendor: str) -> list[Guard]:
    """The same conditions for SQLite and PostgreSQL; `IS NOT` is what the one calls `IS DISTINCT FROM`."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in KEPT)
    return [
        Guard("a_notice_keeps_its_words", "workflows_notice", "UPDATE", changed, "a notice keeps its words"),
        Guard("a_notice_is_never_deleted", "workflows_notice", "DELETE", "1 = 1", "notices are never deleted"),
        Guard("a_delivery_is_never_deleted", "workflows_delivery", "DELETE", "1 = 1", "deliveries are never deleted"),
    ]


def install(_apps: Any = None, schema_editor: Any = None) -> None:
    """Put every guard in place."""
    _run("create", schema_editor)


def uninstall(_apps: Any = None, schema_editor: Any = None) -> None:
    """Take every guard away."""
    _run("drop", schema_editor)


@contextmanager
def removed() -> Iterator[None]:
    """Without guards: only for emptying a test database between tests."""
    uninstall()
    try:
        yield
    finally:
        install()


def _run(what: str, schema_editor: Any) -> None:
    database = schema_editor.connection if schema_editor else connection
    with database.cursor() as cursor:
        for guard in guards(database.vendor):
            for statement in getattr(guard, what)(database.vendor):
                cursor.execute(statement)
