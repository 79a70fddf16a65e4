"""Celery's whole part: sweeps that ask the database what is due. A missed beat costs a minute, never an act."""

from celery import shared_task

from workflows.waits import release_due_waits


@shared_task(name="workflows.advance")
def advance() -> int:
    """Move on the waits whose day has come."""
    return release_due_waits()
