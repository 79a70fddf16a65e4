"""The one lock every flow uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Process


class Busy(FlowLockFailed):
    """Somebody else holds the matter; trying again in a moment succeeds."""


@contextmanager
def process_lock(flow_class: type, process_pk: int) -> Iterator[None]:
    """Hold the process for the rest of the transaction, or say that it is busy within three seconds.

    Locks the base row, so that every flow agrees on one row, without a key update, so that inserts that refer to it go
    on. On SQLite BEGIN IMMEDIATE already excludes other writers.
    """
    with transaction.atomic():
        with busy_at_once():
            rows = Process._base_manager.select_for_update(no_key=True).filter(pk=process_pk)
            if not list(rows.values_list("pk")):
                raise FlowLockFailed(f"no process {process_pk}")
        yield


@contextmanager
def busy_at_once() -> Iterator[None]:
    """Within the block, waiting for a lock longer than three seconds raises Busy."""
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '3s'")
        yield
    except OperationalError as error:
        raise Busy(str(error)) from error


def lock_of(flow_class: Any) -> Any:
    """The lock a flow class declares, as the system check compares it."""
    return vars(flow_class).get("lock_impl")
