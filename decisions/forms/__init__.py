"""The acts of each step as forms, one module for each chapter."""

from . import (
    coordination,
    documents,
    drafting,
    exemption,
    expert_links,
    experts,
    fair_competition,
    hearing,
    hearing_record,
    initiation,
    legality,
    legality_conclusion,
    opinions,
    participation,
    risk,
    submission,
)
from .base import ActForm, StepForm, acts_of

__all__ = [
    "ActForm",
    "StepForm",
    "acts_of",
    "coordination",
    "documents",
    "drafting",
    "exemption",
    "expert_links",
    "experts",
    "fair_competition",
    "hearing",
    "hearing_record",
    "initiation",
    "legality",
    "legality_conclusion",
    "opinions",
    "participation",
    "risk",
    "submission",
]
