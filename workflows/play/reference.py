"""The reference part of docs/case-format.md, made from the code itself: every act, field, unit and choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from decisions import parameters
from decisions.forms import ActForm, acts_of
from decisions.models import Authority, Decision
from decisions.rules import STEPS, rule
from decisions.terms import AdminRole, AuthorityLevel, Role, Status
from workflows.play import acts
from workflows.play.days import UNITS
from workflows.play.deeds import Deed
from workflows.play.grounds import Ground

KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.FileField, "file: `{name, text}`"),
    (forms.ModelMultipleChoiceField, "names, a list"),
    (forms.MultipleChoiceField, "choices, a list"),
    (forms.ModelChoiceField, "name"),
    (forms.ChoiceField, "choice"),
    (forms.BooleanField, "true or false"),
    (forms.DateTimeField, "day and time"),
    (forms.DateField, "day"),
    (forms.IntegerField, "number"),
    (forms.FloatField, "number"),
)
HEAD = "| Field | 名称 | Value | Needed |\n|---|---|---|---|"


def reference() -> str:
    """The whole reference as Markdown."""
    return "\n\n".join([*_vocabulary(), *_steps(), *_deeds()]) + "\n"


def _vocabulary() -> Iterator[str]:
    yield "## Words"
    yield _table("Duties (`duty`)", Role.choices)
    yield _table("Administrators (`admin`)", AdminRole.choices)
    yield _table("Levels (`level`)", AuthorityLevel.choices)
    yield _table("Jurisdictions (`jurisdiction`)", parameters.choices())
    yield _table("Statuses (`then.status`)", Status.choices)
    yield _table("Grounds of refusal that are no article", [(each.value, each.sentence) for each in Ground])
    units = "、".join(f"`{unit}`" for unit in UNITS if unit)
    yield f"Units of time: {units}."


def _table(title: str, rows: Any) -> str:
    return "\n".join(
        [f"**{title}**\n", "| Value | 中文 |", "|---|---|", *(f"| `{k}` | {label} |" for k, label in rows)]
    )


def _steps() -> Iterator[str]:
    yield "## Acts within steps"
    nodes = [each.key for each in STEPS] + sorted(_waits())
    for step in nodes:
        yield _heading(step)
        for form_class in acts_of(step):
            yield _act(_name_of(form_class), form_class, step)


def _waits() -> set[str]:
    """Waits of the flows within which something can be done."""
    return {step for form in ActForm.registry.values() for step in form.steps} - {each.key for each in STEPS}


def _heading(step: str) -> str:
    if not acts.is_step(step):
        return f"### `{step}`"
    return f"### `{step}` {rule(step).title}（{rule(step).article.short()}）"


def _name_of(form_class: type[ActForm]) -> str:
    return next(name for name, known in acts.known_acts().items() if known is form_class)


def _act(name: str, form_class: type[ActForm], step: str) -> str:
    duties = "、".join(f"{role.label} `{role.value}`" for role in Role if role in form_class.roles)
    if len(form_class.roles) == len(Role):
        duties = "任何职责"
    completes = "completes the step" if form_class.completes else "within the step"
    lines = [f"**`{name}`** {form_class.title} — {completes}; {duties or '凭链接，无须账号'}."]
    fields = fields_of(form_class, step)
    return "\n".join([*lines, "", HEAD, *_rows(fields)]) if fields else lines[0]


def fields_of(form_class: type[ActForm], step: str) -> dict[str, forms.Field]:
    """An act's fields as it asks for them when nothing has happened yet."""
    authority = Authority(pk=0, jurisdiction="cn", name="", level=AuthorityLevel.TOWNSHIP)
    try:
        form = form_class(decision=Decision(pk=0, authority=authority, jurisdiction="cn"))
    except (AttributeError, AssertionError):  # a form that looks into a draft which is not there yet
        return dict(form_class.base_fields)
    return dict(form.fields)


def _deeds() -> Iterator[str]:
    yield "## Acts outside steps"
    for name, deed in sorted(Deed.registry.items()):
        lines = [f"**`{name}`** {deed.title} — {deed.who}."]
        fields = deed.base_fields
        yield "\n".join([*lines, "", HEAD, *_rows(fields)]) if fields else lines[0]


def _rows(fields: dict[str, forms.Field]) -> Iterator[str]:
    for name, field in fields.items():
        needed = "yes" if field.required else ""
        yield f"| `{name}` | {field.label or ''} | {_value(field)} | {needed} |".replace("\n", " ")


def _value(field: Any) -> str:
    kind = next((words for base, words in KINDS if isinstance(field, base)), "text")
    if isinstance(field, forms.ModelChoiceField):
        rows: Any = field.queryset
        return f"{kind} ({rows.model._meta.verbose_name})"
    if isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        choices = [(k, label) for k, label in offered if str(k)]
        return f"{kind}: " + "、".join(f"`{k}` {label}" for k, label in choices) if choices else kind
    if kind == "text" and isinstance(field.widget, forms.Textarea):
        return "text, a list is one entry a line"
    return kind
