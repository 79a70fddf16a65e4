"""The acts a case may name: the forms of every step, and what people do outside a step's task."""

from __future__ import annotations

from decisions.forms import ActForm, StepForm
from decisions.rules import STEPS, Rule
from workflows.play.deeds import Deed

PROPOSAL = "proposal"


def completing_form(step: str) -> type[ActForm] | None:
    """The form that completes a step."""
    forms = (form for form in ActForm.registry.values() if issubclass(form, StepForm) and step in form.steps)
    return next(forms, None)


def known_acts() -> dict[str, type[ActForm] | type[Deed]]:
    """Every name an act may have: step keys for what completes a step, then all other acts by their keys."""
    by_step = {rule.key: completing_form(rule.key) for rule in STEPS}
    named = {step: form for step, form in by_step.items() if form is not None}
    others = {key: form for key, form in ActForm.registry.items() if form not in named.values()}
    return {**named, **others, **Deed.registry}


def act_named(name: str) -> type[ActForm] | type[Deed] | None:
    """What an act's name stands for; the form's own key is understood as well as its step's."""
    return known_acts().get(name) or ActForm.registry.get(name)


def is_step(name: str) -> bool:
    return name in Rule.registry
