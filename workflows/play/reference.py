"""The reference part of docs/case-format.md, made from the code itself: every act, field, unit and choice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django import forms

from decisions import clock, parameters
from decisions.forms import ActForm, acts_of
from decisions.models import Authority, Decision
from decisions.rules import STEPS, rule
from decisions.terms import AdminRole, AuthorityLevel, Role, Status
from workflows.play import acts
from workflows.play.days import UNITS
from workflows.play.deeds import Deed
from workflows.play.grounds import Ground
from workflows.play.town import IN_FORCE

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
HEAD = "| Field | 名称 | Value | Needed | 说明 |\n|---|---|---|---|---|"
MARK = "<!-- What follows is written by `manage.py play --reference FILE`. -->\n"


def reference() -> str:
    """The whole reference as Markdown; on a fixed day, because some hints name one."""
    with clock.at(date(2026, 1, 5)):
        return "\n\n".join([*_vocabulary(), *_steps(), *_deeds()]) + "\n"


def renew(file: Path) -> None:
    """Write the reference into a document, after its mark."""
    before, mark, _old = file.read_text(encoding="utf-8").partition(MARK)
    if not mark:
        raise ValueError(f"{file}: the line {MARK.strip()} is missing")
    file.write_text(f"{before}{MARK}\n{reference()}", encoding="utf-8")


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
    shared = [form for form in ActForm.registry.values() if len(form.steps) > len(STEPS) / 2]
    yield "### Within every step"
    for form_class in shared:
        yield _act(_name_of(form_class), form_class)
    seen: dict[type[ActForm], str] = {}
    for step in [each.key for each in STEPS] + sorted(_waits()):
        yield _heading(step)
        for form_class in acts_of(step):
            if form_class in seen:
                yield f"**`{_name_of(form_class)}`** {form_class.title} — as within `{seen[form_class]}`."
            elif form_class not in shared:
                seen[form_class] = step
                yield _act(_name_of(form_class), form_class)


def _waits() -> set[str]:
    """Waits of the flows within which something can be done."""
    return {step for form in ActForm.registry.values() for step in form.steps} - {each.key for each in STEPS}


def _heading(step: str) -> str:
    if not acts.is_step(step):
        return f"### `{step}`"
    return f"### `{step}` {rule(step).title}（{rule(step).article.short()}）"


def _name_of(form_class: type[ActForm]) -> str:
    return next(name for name, known in acts.known_acts().items() if known is form_class)


def _act(name: str, form_class: type[ActForm]) -> str:
    duties = "、".join(f"{role.label} `{role.value}`" for role in Role if role in form_class.roles)
    if len(form_class.roles) == len(Role):
        duties = "任何职责"
    completes = "completes the step" if form_class.completes else "within the step"
    lines = [f"**`{name}`** {form_class.title} — {completes}; {duties or '凭链接，无须账号'}."]
    fields = fields_of(form_class)
    return "\n".join([*lines, "", HEAD, *_rows(fields)]) if fields else lines[0]


def fields_of(form_class: type[ActForm]) -> dict[str, forms.Field]:
    """An act's fields, those included that it asks for only later or only of a county."""
    authority = Authority(pk=0, jurisdiction="cn", name="", level=AuthorityLevel.COUNTY)
    blank = Decision(pk=0, authority=authority, jurisdiction="cn", proposed_on=IN_FORCE)
    asked = form_class(decision=blank).fields
    later = {name: field for name, field in form_class.base_fields.items() if name not in ("outcome", *asked)}
    return {**asked, **later}


def _deeds() -> Iterator[str]:
    yield "## Acts outside steps"
    for name, deed in sorted(Deed.registry.items()):
        lines = [f"**`{name}`** {deed.title} — {deed.who}."]
        fields = deed.base_fields
        yield "\n".join([*lines, "", HEAD, *_rows(fields)]) if fields else lines[0]


def _rows(fields: dict[str, forms.Field]) -> Iterator[str]:
    for name, field in fields.items():
        needed = "yes" if field.required else ""
        hint = str(field.help_text).replace("|", "｜")
        yield f"| `{name}` | {field.label or ''} | {_value(field)} | {needed} | {hint} |".replace("\n", " ")


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
