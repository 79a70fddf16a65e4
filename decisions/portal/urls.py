"""The public site: no login."""

from django.urls import path

urlpatterns: list = []
