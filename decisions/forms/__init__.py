"""The acts of each step as forms, one module for each chapter."""

from . import exemption, initiation
from .base import ActForm, StepForm, acts_of

__all__ = ["ActForm", "StepForm", "acts_of", "exemption", "initiation"]
