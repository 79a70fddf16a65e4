"""Leaving a required step out, lawfully and never silently."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.rules import STEPS, rule
from decisions.services import Actor, Occasion
from decisions.terms import Role

from .base import ActForm


class Exempt(ActForm):
    """Sign an exemption from the step, with its ground and legal basis."""

    steps = tuple(step.key for step in STEPS if step.exempted_by)
    title = _("签署豁免")
    lead = _("豁免须写明理由和依据，在合法性审查时复核，并载入程序合规证书。")
    button = _("签署豁免")
    roles = frozenset({Role.CHIEF})
    completes = True
    ground = forms.CharField(label=_("豁免理由"), widget=forms.Textarea(attrs={"rows": 3}))
    legal_basis = forms.CharField(label=_("豁免依据"), max_length=200)

    current_step: str = ""
    """The step being left out; set by whoever performs the act."""

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        return services.exempt_step(
            self.decision,
            rule(self.current_step),
            by=by,
            occasion=occasion,
            ground=self.cleaned_data["ground"],
            legal_basis=self.cleaned_data["legal_basis"],
        )
