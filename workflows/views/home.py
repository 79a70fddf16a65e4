"""待办: what a person has to do now, what still runs, what is overdue; leaders get three cards."""

from __future__ import annotations

from itertools import islice
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from decisions import clock, services
from decisions.models import Decision, Person
from decisions.rules import rule
from decisions.terms import AdminRole, Role
from workflows import deadlines
from workflows.http import authorities, duties
from workflows.models import Watch
from workflows.pending import Pending, Say, pending_with
from workflows.roles import open_tasks

LEADERS = (Role.CHIEF, Role.MEMBER)
MOST = 200
"""How many open tasks are read for one person, those due first."""
MOST_IN_A_CARD = 8

ADMINISTRATION = {
    AdminRole.SYSTEM: (
        gettext_lazy("维护决策机关、单位、人员和任职，停用离岗人员账号。"),
        gettext_lazy("查看或者办理任何决策事项，审核、更改或者删除任何记录。"),
    ),
    AdminRole.SECURITY: (
        gettext_lazy("启用、停用人员账号，解除登录锁定。"),
        gettext_lazy("查看或者办理任何决策事项，任命人员，更改任何记录。"),
    ),
    AdminRole.AUDIT: (
        gettext_lazy("查看各决策事项的事件链，核验记录是否完整、未被改动。"),
        gettext_lazy("办理任何决策事项，管理人员账号，更改任何记录。"),
    ),
}
"""What each of the three administrators (三员) may do, and what none of them ever may."""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    person = cast(Person, request.user)
    if person.admin_role:
        return _administrators_page(request, AdminRole(person.admin_role))
    if not duties(request) and person.is_superuser:
        return _administrators_page(request, AdminRole.SYSTEM)
    if not duties(request):
        return render(request, "workflows/no_duties.html")
    tasks = open_tasks(duties(request)).select_related("watch").order_by("watch__due_on", "pk")[:MOST]
    pending = pending_with(duties(request), tasks)
    is_leader = any(duty.role in LEADERS for duty in duties(request))
    cards = leader_cards(request, pending) if is_leader else []
    listed = [one for one in pending if not (is_leader and _is_in_a_card(one))]
    context = {
        "cards": cards,
        "groups": groups(listed, leaves_out_empty=is_leader),
        "may": [one for one in listed if one.say == Say.MAY],
        "is_cut": len(pending) >= MOST,
        "shows_authority": len(authorities(request)) > 1,
        "calendar_missing": services.year_to_import()
        if Role.OFFICE_CLERK in {d.role for d in duties(request)}
        else None,
    }
    return render(request, "workflows/home.html", context)


def groups(pending: list[Pending], *, leaves_out_empty: bool = False) -> list[dict[str, Any]]:
    """The three lists: overdue, to be done, running; an empty one only says that there is nothing to be done."""
    asked = [one for one in pending if one.say != Say.MAY]
    overdue = [one for one in asked if one.is_overdue]
    act = [one for one in asked if one.say == Say.ACT and not one.is_overdue]
    wait = [one for one in asked if one.say == Say.WAIT and not one.is_overdue]
    told = [
        {"key": "overdue", "title": _("已超期"), "rows": overdue},
        {"key": "act", "title": _("需要我办理"), "rows": act, "empty": _("目前没有需要您办理的事项。")},
        {"key": "wait", "title": _("等待期限"), "rows": wait},
    ]
    return [group for group in told if group["rows"] or ("empty" in group and not leaves_out_empty)]


def _is_in_a_card(one: Pending) -> bool:
    return one.duty.role in LEADERS and (one.is_statement or (one.is_signature and one.say == Say.ACT))


def leader_cards(request: HttpRequest, pending: list[Pending]) -> list[dict[str, Any]]:
    """领导三卡: where a word is asked for, where a signature is, and what the authority has overdue."""
    words = [one for one in pending if one.is_statement]
    signatures = [one for one in pending if one.is_signature and one.say == Say.ACT]
    late = overdue_in(authorities(request))
    return [
        _card(_("要我表态的"), "now", [_matter(one) for one in words], _("目前没有要您表态的事项")),
        _card(_("要我签批的"), "now", [_matter(one) for one in signatures], _("目前没有要您签批的事项")),
        _card(_("超期的"), "overdue" if late else "done", late, _("没有超期的事项")),
    ]


def _card(title: str, tone: str, matters: list[dict[str, str]], empty: str) -> dict[str, Any]:
    return {
        "title": title,
        "count": len(matters),
        "tone": tone if matters else "done",
        "empty": empty,
        "matters": list(islice(matters, MOST_IN_A_CARD)),
        "url": reverse("decisions") + "?scope=late" if tone == "overdue" and len(matters) > MOST_IN_A_CARD else "",
    }


def _matter(one: Pending) -> dict[str, str]:
    time = one.time.short if one.time else ""
    return {
        "title": str(one.decision),
        "hint": "；".join(filter(None, [one.asks, one.note, time])),
        "url": one.url,
    }


def overdue_in(places: set[int]) -> list[dict[str, str]]:
    """Every open task of these authorities whose last day is past, the longest overdue first."""
    late = Watch.objects.open().filter(authority__in=places, due_on__lt=clock.today()).select_related("decision")
    return [
        {
            "title": str(watch.decision),
            "hint": f"{_title_of(watch.step)}：{deadlines.left(watch.due_on)}",
            "url": watch.decision.get_absolute_url(),
        }
        for watch in late.order_by("due_on", "pk")[:MOST]
        if watch.due_on
    ]


def _title_of(step: str) -> str:
    return str(_("评估期限") if step == "evaluation_period" else rule(step).title)


def _administrators_page(request: HttpRequest, role: AdminRole) -> HttpResponse:
    """What an administrator may do; for the audit administrator also the way to the event chains."""
    number = request.GET.get("number", "").strip()[:30]
    found: list[Decision] = []
    if role == AdminRole.AUDIT and number:
        found = list(Decision.objects.filter(number=number).select_related("authority").order_by("-pk")[:50])
    may, may_not = ADMINISTRATION[role]
    context = {"role": role, "may": may, "may_not": may_not, "number": number, "found": found}
    return render(request, "workflows/administrators.html", context)
