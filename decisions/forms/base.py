"""Acts: what a person can do within a step, as forms. Pages, `manage.py play` and the demo all go through them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.rules import Rule, rule
from decisions.services import Actor, Occasion
from decisions.terms import Outcome, Role

if TYPE_CHECKING:
    from decisions.models import Decision


class ActForm(forms.Form):
    """One act: which step it belongs to, which duties may do it, what it asks for, and the service it calls."""

    steps: ClassVar[tuple[str, ...]] = ()
    """Names of the nodes (steps or waits) within which the act is possible."""
    key: ClassVar[str]
    title: ClassVar[Any]
    lead: Any = ""
    """One sentence above the form; one that depends on the facts is set in `prepare`."""
    button: ClassVar[Any] = _("保存")
    roles: ClassVar[frozenset[Role]] = frozenset()
    completes: ClassVar[bool] = False
    is_aside: ClassVar[bool] = False
    """Possible everywhere and seldom what one came for: listed after the step's own acts."""

    registry: ClassVar[dict[str, type[ActForm]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "title"):  # what has none is a base of others
            cls.key = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
            if cls.key in ActForm.registry and ActForm.registry[cls.key].__module__ != cls.__module__:
                raise TypeError(f"two acts are called {cls.key}")
            ActForm.registry[cls.key] = cls

    def __init__(self, *args: Any, decision: Decision, actor: Actor | None = None, **kwargs: Any) -> None:
        self.decision = decision
        self.actor = actor
        kwargs.setdefault("auto_id", f"{self.key}-%s")  # several acts share a page: no id twice
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Narrow choices to the decision's authority, fill initial values."""

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        """Whether the act makes sense as the facts stand; hidden otherwise."""
        return True

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        """Do it: called inside the lock with valid data."""
        raise TypeError(f"{type(self).__name__} does nothing")

    @classmethod
    def said(cls, result: Any) -> str:
        """What the person is told once it is done."""
        return _("已办理：%s") % cls.title

    @classmethod
    def link(cls, result: Any) -> str:
        """The address of a page to hand on, told this once after those words; none for most acts."""
        return ""


class StepForm(ActForm):
    """Completes a step: the result, the opinion, the reason where one is due."""

    completes = True
    button = _("办结本环节")
    outcome = forms.ChoiceField(label=_("办理结果"))
    opinion = forms.CharField(label=_("办理意见"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    because = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = self.rule.outcomes
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        if len(outcomes) == 1:
            del self.fields["outcome"]
        else:
            field.choices = [(o.value, o.label) for o in outcomes]
            field.widget = forms.RadioSelect(choices=field.choices)

    @property
    def rule(self) -> Rule:
        return rule(self.steps[0])

    def details(self) -> dict[str, Any]:
        """Small facts kept in the record itself."""
        return {}

    def write(self, *, by: Actor) -> None:
        """Write the step's own facts before it is recorded."""

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        self.write(by=by)
        return services.complete_step(
            self.decision,
            self.rule,
            by=by,
            occasion=occasion,
            outcome=Outcome(self.cleaned_data.get("outcome") or self.rule.outcomes[0]),
            opinion=self.cleaned_data.get("opinion", ""),
            because=self.cleaned_data.get("because", ""),
            details=self.details(),
        )


def acts_of(step: str) -> list[type[ActForm]]:
    """The acts possible within a step, in the order they are written down; what completes it comes last."""
    acts: Iterable[type[ActForm]] = (act for act in ActForm.registry.values() if step in act.steps)
    return sorted(acts, key=lambda act: (act.completes, act.is_aside))
