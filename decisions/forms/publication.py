"""The report to the Party committee, publication after the secrecy review, and filing the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from decisions import clock, services
from decisions.articles import Article
from decisions.models import PartyReport, Unit
from decisions.rules import RuleBreached
from decisions.services import Actor, Occasion
from decisions.terms import NonDisclosureGround, Outcome, Role

from .base import ActForm, StepForm
from .fields import DayField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord

OFFICE = frozenset({Role.OFFICE_CLERK})
REPORTING = Article("SC713", 31)
SECRECY = Article("SC711", 17)
PUBLISHING = Article("SC713", 32)
RETENTION = [("permanent", _("永久")), ("30", _("定期30年")), ("10", _("定期10年"))]


def day_field(**kwargs: Any) -> forms.DateField:
    return DayField(**kwargs)


def long_field(rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000, **kwargs)


class ReportToParty(ActForm):
    """Write down the report to the Party committee of the same level, and its reply if there is one yet."""

    steps = ("party_report",)
    title = _("登记请示报告")
    button = _("登记")
    roles = OFFICE
    reference = forms.CharField(
        label=_("请示报告文号"), max_length=60, error_messages=by_law(_("请填写请示报告文号"), REPORTING)
    )
    reported_on = day_field(label=_("请示报告日期"), error_messages=by_law(_("请填写请示报告日期"), REPORTING))
    replied_on = day_field(label=_("答复日期"), required=False)
    reply = long_field(label=_("答复意见"), required=False, help_text=_("尚未答复的，收到后另行登记。"))

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return not waiting_reports(decision).exists()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("replied_on")) != bool(data.get("reply", "").strip()):
            self.add_error("reply", _now("答复日期和答复意见应当一并填写（%s）。") % REPORTING)
        return data

    def perform(self, *, by: Actor, occasion: Occasion) -> PartyReport:
        return services.report_to_party(self.decision, by=by, **self.cleaned_data)


def waiting_reports(decision: Decision) -> Any:
    """Reports on the adopted text that wait for a reply."""
    return decision.party_reports.filter(draft=decision.adopted_draft, replied_on__isnull=True)


class RegisterReply(ActForm):
    """Write down the committee's reply."""

    steps = ("party_report",)
    title = _("登记党委答复")
    button = _("登记")
    roles = OFFICE
    report = forms.ModelChoiceField(label=_("请示报告"), queryset=PartyReport.objects.none())
    replied_on = day_field(label=_("答复日期"), error_messages=by_law(_("请填写答复日期"), REPORTING))
    reply = long_field(label=_("答复意见"), error_messages=by_law(_("请填写答复意见"), REPORTING))

    def prepare(self) -> None:
        self.fields["report"].queryset = waiting_reports(self.decision)  # type: ignore[attr-defined]
        self.fields["report"].initial = waiting_reports(self.decision).first()

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return bool(waiting_reports(decision).exists())

    def perform(self, *, by: Actor, occasion: Occasion) -> PartyReport:
        data = self.cleaned_data
        return services.receive_reply(data["report"], by=by, replied_on=data["replied_on"], reply=data["reply"])


class ConcludePartyReport(StepForm):
    """The committee agreed, or the decision is revised and discussed again."""

    steps = ("party_report",)
    title = _("办结请示报告")
    lead = _("同级党委要求修改的，会议通过的文本即行撤回，修改后重新审查、重新讨论决定。")
    roles = OFFICE

    def perform(self, *, by: Actor, occasion: Occasion) -> StepRecord:
        record: StepRecord = super().perform(by=by, occasion=occasion)
        if record.outcome == Outcome.RETURNED:
            services.withdraw_adoption(self.decision, by=by, because=record.because)
        return record


class Publish(StepForm):
    """Issue the adopted text: secrecy review first, then number, channels, uptake of opinions, executing unit."""

    steps = ("publication",)
    title = _("决策公布")
    lead = _("先审查后公开。公布的是会议通过的文本；依法不予公开的，写明理由。")
    button = _("完成公布")
    roles = OFFICE
    opinion = None  # type: ignore[assignment]

    secrecy_reviewer = forms.CharField(
        label=_("保密审查人"), max_length=30, error_messages=by_law(_("公布前应当进行保密审查，请填写审查人"), SECRECY)
    )
    secrecy_reviewed_on = day_field(
        label=_("保密审查日期"), error_messages=by_law(_("公布前应当进行保密审查，请填写审查日期"), SECRECY)
    )
    secrecy_conclusion = long_field(
        2, label=_("保密审查意见"), error_messages=by_law(_("公布前应当进行保密审查，请填写审查意见"), SECRECY)
    )
    is_published = forms.ChoiceField(
        label=_("是否向社会公布"),
        choices=[("yes", _("向社会公布")), ("no", _("依法不予公开"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    nondisclosure_ground = forms.ChoiceField(
        label=_("不予公开的理由"), choices=[("", _("不适用")), *NonDisclosureGround.choices], required=False
    )
    document_number = forms.CharField(
        label=_("发文字号"), max_length=40, error_messages=by_law(_("请填写发文字号"), PUBLISHING)
    )
    published_on = day_field(label=_("公布日期"), required=False, help_text=_("不填写的，为今日。"))
    channels = long_field(
        2, label=_("公布渠道"), required=False, help_text=_("政府公报、政府网站、政务新媒体、公告栏等，每行一项。")
    )
    uptake = long_field(label=_("公众意见和专家意见采纳情况说明"), required=False)
    executing_unit = forms.ModelChoiceField(
        label=_("决策执行单位"),
        queryset=Unit.objects.none(),
        error_messages=by_law(_("应当明确负责决策执行工作的单位"), Article("SC713", 34)),
    )
    because = long_field(2, label=_("逾期公布的原因"), required=False, help_text=_("超过法定期限公布的，应当写明。"))

    def prepare(self) -> None:
        self.fields["executing_unit"].queryset = self.decision.authority.units.order_by("pk")  # type: ignore[attr-defined]
        self.fields["executing_unit"].initial = self.decision.lead_unit
        year = clock.today().year
        self.fields["document_number"].help_text = _now("如“%(code)s〔%(year)d〕1号”。") % {
            "code": self.decision.authority.document_code,
            "year": year,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_published") == "no" and not data.get("nondisclosure_ground"):
            article = Article("SC713", 32, 1)
            self.add_error("nondisclosure_ground", _now("不向社会公布的，应当选择不予公开的理由（%s）。") % article)
        return data

    def write(self, *, by: Actor) -> None:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "because"}
        services.publish(self.decision, by=by, **{**facts, "is_published": facts["is_published"] == "yes"})


class Archive(StepForm):
    """File the dossier: the checklist is complete, every document is what was filed, the chain is whole."""

    steps = ("archiving",)
    title = _("归档")
    lead = _("一键过检：核对各环节记录是否齐全、材料是否完好、办理记录链是否完整，全部通过方可归档。")
    button = _("过检并归档")
    roles = OFFICE
    because = None  # type: ignore[assignment]
    retention = forms.ChoiceField(label=_("保管期限"), choices=RETENTION, initial="permanent")
    archive_number = forms.CharField(label=_("档号"), max_length=60, required=False)

    def prepare(self) -> None:
        self.fields["opinion"].label = _("归档说明")

    def write(self, *, by: Actor) -> None:
        if breaches := services.dossier_breaches(self.decision):
            raise RuleBreached(breaches)

    def details(self) -> dict[str, Any]:
        names = ("retention", "archive_number")
        return {name: self.cleaned_data[name] for name in names} | {"documents": self.decision.documents.count()}
