"""Doing one act as its person would: through the form, the lock and the checks that pages use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from decisions import clock
from decisions.forms import ActForm
from decisions.models import Decision
from decisions.rules import Rule, RuleBreached, rule
from decisions.terms import Role
from workflows import acting, roles
from workflows.play import acts, checking
from workflows.play.case import Act
from workflows.play.deeds import Deed
from workflows.play.grounds import Ground, Reason, reasons_of
from workflows.play.marks import Section
from workflows.play.stage import Stage
from workflows.play.values import Posted, as_posted


class NotOpen(Exception):
    """The step is not open; what is open must be done first."""

    def __init__(self, decision: Decision, form_class: type[ActForm]) -> None:
        steps = [step for step in checking.open_steps(decision) if step in Rule.registry]
        sentence = _("现在不能办理“%(act)s”，应当先办理“%(step)s”")
        self.reasons = [
            Reason(
                sentence % {"act": form_class.title, "step": rule(step).title},
                rule(step).article,
                ground=Ground.NOT_OPEN,
            )
            for step in steps
        ] or [Reason(Ground.NOT_OPEN.sentence, ground=Ground.NOT_OPEN)]
        super().__init__("；".join(map(str, self.reasons)))


def prepare(stage: Stage, act: Act) -> tuple[str, Callable[[], Any]]:
    """The act's title, and how to do it."""
    found = acts.act_named(act.name)
    if found is None:
        raise act.section.wrong("act", f"没有“{act.name}”这个办理动作；可用的有：{'、'.join(acts.known_acts())}")
    if issubclass(found, Deed):
        return str(found.title), lambda: _do_deed(stage, act, found)
    if found is acts.completing_form(acts.PROPOSAL):
        return str(found.title), lambda: _propose(stage, act, found)
    if getattr(found, "by_link", False):
        return str(found.title), lambda: _act_by_link(stage, act, found)
    return str(found.title), lambda: _act_on_task(stage, act, found)


def refusal_of(perform: Callable[[], Any]) -> list[Reason]:
    """Do it, and say why it was refused; nothing when it was accepted."""
    try:
        perform()
    except RuleBreached as refused:
        return [Reason.of(breach) for breach in refused.breaches]
    except acting.InvalidAct as invalid:
        return reasons_of(invalid.form)
    except acting.AlreadyDone:
        return [Reason(Ground.DONE.sentence, ground=Ground.DONE)]
    except ValidationError as refused:
        return [Reason(message, ground=Ground.INVALID) for message in refused.messages]
    except PermissionDenied as refused:
        sentence = str(refused) or Ground.NOT_ENTITLED.sentence
        return [Reason(sentence, ground=Ground.NOT_ENTITLED)]
    except NotOpen as refused:
        return refused.reasons
    except Http404:
        return [Reason(Ground.NOT_OPEN.sentence, ground=Ground.NOT_OPEN)]
    return []


def _posted(stage: Stage, values: Section, form: Any) -> Posted:
    return as_posted(values, form, on=clock.today(), today=stage.today)


def _propose(stage: Stage, act: Act, form_class: type[ActForm]) -> None:
    person = stage.person_of(act)
    blank = Decision(authority=stage.town.authority, adjusts=stage.matters.get(act.adjusts))
    actor = roles.actor_for(roles.duties_of(person), blank, form_class.roles)
    if actor is None:
        raise PermissionDenied
    values = act.values.over(stage.case.matters[act.matter])
    data, files = _posted(stage, values, form_class(decision=blank, actor=actor))
    form = form_class(data, files, decision=blank, actor=actor)
    stage.matters[act.matter] = acting.propose(form, by=person)


def _act_on_task(stage: Stage, act: Act, form_class: type[ActForm]) -> None:
    person, decision = stage.person_of(act), stage.decision_of(act)
    task = _task(act, decision, form_class)
    turn = acting.find(task.pk, person)
    actor = turn.actor(form_class)
    if actor is None:
        duties = "、".join(str(role.label) for role in Role if role in form_class.roles)
        raise PermissionDenied(_("没有办理此事的职责，应当由%s办理") % duties)
    data, files = _posted(stage, act.values, form_class(decision=turn.decision, actor=actor))
    acting.act(task.pk, form_class, by=person, data=data, files=files)


def _task(act: Act, decision: Decision, form_class: type[ActForm]) -> Task:
    """The open task within which the act is possible; the last finished one when there is none."""
    steps = [act.step] if act.step else list(form_class.steps)
    if unknown := set(steps) - set(form_class.steps):
        raise act.section.wrong("step", f"“{unknown.pop()}”环节没有这个办理动作")
    tasks = Task.objects.filter(process__decisionprocess__decision=decision, flow_task_type__in=("HUMAN", "WAIT"))
    fitting = [task for task in tasks.order_by("-pk") if task.flow_task.name in steps]
    open_tasks = [task for task in fitting if task.finished is None]
    if not fitting:
        raise NotOpen(decision, form_class)
    if len(open_tasks) > 1 and not act.step:
        raise act.section.wrong("step", f"请写明环节：{'、'.join(sorted(t.flow_task.name for t in open_tasks))}")
    return open_tasks[0] if open_tasks else fitting[0]


def _act_by_link(stage: Stage, act: Act, form_class: type[ActForm]) -> None:
    """What somebody does who has no account but a link, such as an expert; `by` is their name."""
    decision = stage.decision_of(act)
    blank = form_class(decision=decision)
    named = {"expert": act.by} if act.by and "expert" in blank.fields else {}
    values = act.values.over(Section(act.section.file, act.line, act.section.path, named, {}))
    data, files = _posted(stage, values, blank)
    form = form_class(data, files, decision=decision)
    if not form.is_valid():
        raise acting.InvalidAct(form)
    form.carry_out()  # type: ignore[attr-defined]


def _do_deed(stage: Stage, act: Act, deed_class: type[Deed]) -> None:
    data, files = _posted(stage, act.values, deed_class(stage=stage, act=act))
    deed = deed_class(data, files, stage=stage, act=act)
    if not deed.is_valid():
        raise acting.InvalidAct(deed)  # type: ignore[arg-type]
    with transaction.atomic():
        deed.do()
