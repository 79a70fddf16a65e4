"""Which flows are published, and the hash each graph had when it was: a published graph never changes (ADR 0005)."""

from typing import Any

from workflows.flows.decision_making import DecisionMaking
from workflows.flows.implementation import Implementation

PUBLISHED: dict[Any, str] = {
    DecisionMaking: "36837e48b3c02c88206b0dddfc979554515a448dfb74d922dfa8de43c643ef37",
    Implementation: "f5e812dcf1a7a845001331b872c8489fd7e10377ea4a237af0addf04ccd7310e",
}
