"""Wiring: the only package that knows the law (`decisions`) and the flows (`workflows`)."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
