"""The event chain of a matter and whether it is whole, for its authority and for audit administrators."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from decisions import services
from decisions.models import Decision, Event, Person
from decisions.rules import Rule
from decisions.terms import AdminRole, Outcome
from workflows.http import get_decision
from workflows.keyset import page

SIZE = 50

KINDS = {
    "adopted": _("确定通过的草案版本"),
    "adoption.withdrawn": _("撤回通过的草案版本"),
    "agenda.listed": _("列入会议议题"),
    "article.remarked": _("提出逐条审查意见"),
    "attendance.registered": _("登记出席情况"),
    "closed": _("办结"),
    "dispute.stated": _("写明争议情况"),
    "document.filed": _("归入材料"),
    "draft.written": _("形成草案版本"),
    "evaluation.ordered": _("启动决策后评估"),
    "evaluation.reported": _("提交决策后评估报告"),
    "execution.begun": _("进入执行"),
    "execution.planned": _("制定执行方案"),
    "dates.recomputed": _("放假安排变动，重新计算期限"),
    "execution.resumed": _("恢复执行"),
    "execution.supervised": _("督促检查"),
    "execution.suspended": _("决定中止执行"),
    "expert.answered": _("答复专家意见"),
    "expert.appointed": _("聘请专家"),
    "expert.declared": _("专家声明利害关系"),
    "expert.link_renewed": _("换发专家签署链接"),
    "expert.listed": _("专家入库"),
    "expert.signed": _("专家签署意见"),
    "expert.withdrawn": _("解除聘请"),
    "fair_competition.reviewed": _("作出公平竞争审查结论"),
    "feedback.received": _("收到公众反馈"),
    "hearing.announced": _("公告听证会"),
    "hearing.decided": _("决定举行听证会"),
    "hearing.list_published": _("公布听证参加人名单"),
    "hearing.materials_delivered": _("送达听证材料"),
    "hearing.participants_listed": _("确定听证参加人"),
    "hearing.postponed": _("听证会延期"),
    "hearing.record_signed": _("签署听证笔录"),
    "hearing.recorded": _("记录听证会"),
    "legal_opinion.signed": _("签署法律意见"),
    "member.recused": _("会议组成人员回避"),
    "member.spoke": _("会议组成人员发表意见"),
    "opinion.received": _("收到意见"),
    "opinions.answered": _("答复意见"),
    "participation.extended": _("延长征求意见期限"),
    "participation.opened": _("发布公众参与公告"),
    "participation.results_published": _("公布意见采纳情况"),
    "plan.made": _("制定倒排工期"),
    "progress.reported": _("报告执行情况"),
    "proposed": _("提出决策建议"),
    "published": _("登记公布情况"),
    "refused": _("拒绝办理（办、审、定三分离）"),
    "risk.reported": _("提交风险评估报告"),
    "supplement.requested": _("要求补充材料"),
    "supplement.supplied": _("补充材料"),
    "undertaking.appointed": _("明确承办单位和承办人"),
    "unit.asked": _("征求部门意见"),
    "unit.replied": _("部门回复意见"),
}
"""Names of events that are not the result of a step."""


@require_GET
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of the chain in order, by pages, and the verdict of recomputing every hash."""
    decision = seen_by(request, pk)
    shown = page(
        decision.events.select_related("actor", "on_behalf_of"), request, key="sequence", newest_first=False, size=SIZE
    )
    last = decision.events.order_by("-sequence").first()
    context = {
        "decision": decision,
        "page": shown,
        "rows": [{"event": event, "name": name_of(event)} for event in shown.rows],
        "broken": services.broken_links(decision),
        "last": last,
        "is_audit": bool(cast(Person, request.user).admin_role),
    }
    return render(request, "workflows/events.html", context)


def seen_by(request: HttpRequest, pk: int) -> Decision:
    """The matter, for people of its authority; audit administrators see the chains of all."""
    if cast(Person, request.user).admin_role != AdminRole.AUDIT:
        return get_decision(request, pk)
    found = Decision.objects.select_related("authority").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def name_of(event: Event) -> str:
    """What happened, in official words; the plain key for what has no name."""
    step, _dot, result = event.kind.partition(".")
    if step in Rule.registry and result in Outcome.values:
        return f"{Rule.registry[step].title}：{Outcome(result).label}"
    return str(KINDS.get(event.kind, event.kind))
