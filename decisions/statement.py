"""履行程序情况说明: what was performed before legality review, told from the records alone (art. 26, para. 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.rules import Position, Rule
from decisions.rules.position import BEFORE_REVIEW, counting_drafts
from decisions.terms import Adoption, Outcome

if TYPE_CHECKING:
    from datetime import date

    from decisions.articles import Article
    from decisions.models import Decision, Exemption, StepRecord

TOLD = ("proposal", "initiation", "drafting", "coordination", *BEFORE_REVIEW)
"""The steps of the statement in the order of the procedure; changes of the draft are told after them."""


@dataclass(frozen=True)
class Performed:
    """One procedure: whether it stands for the current draft, when it was completed, and what was done in it."""

    step: str
    state: str
    """`done`, `exempt`, `missing` (required and not standing) or `not_needed`."""
    sentences: tuple[str, ...] = ()
    completed_on: date | None = None
    exemption: Exemption | None = None

    @property
    def title(self) -> str:
        return str(Rule.registry[self.step].title)

    @property
    def article(self) -> Article:
        return Rule.registry[self.step].article

    @property
    def text(self) -> str:
        """What was done, as one paragraph."""
        return "".join(self.sentences)


def procedure_statement(decision: Decision) -> list[Performed]:
    """Every procedure before the review, performed or lawfully left out or missing; reads and writes nothing else."""
    position = Position.of(decision)
    latest = {record.step: record for record in decision.records.all()}
    exemptions = {exemption.record_id: exemption for exemption in decision.exemptions.all()}
    told = [_told(decision, step, position, latest.get(step), exemptions) for step in TOLD]
    return [*told, *_revisions(decision, latest.get("revision"))]


def _told(
    decision: Decision,
    step: str,
    position: Position,
    record: StepRecord | None,
    exemptions: dict[int, Exemption],
) -> Performed:
    if record is not None and position.stands(step):
        if record.outcome == Outcome.EXEMPT:
            return _exempted(step, record, exemptions.get(record.pk))
        return Performed(step, "done", tuple(SENTENCES[step](decision)), record.completed_on)
    return Performed(step, "missing" if position.needs(step) else "not_needed")


def _exempted(step: str, record: StepRecord, exemption: Exemption | None) -> Performed:
    ground = record.because
    basis = exemption.legal_basis if exemption else record.details.get("legal_basis", "")
    sentence = _("依法豁免。理由：%(ground)s。依据：%(basis)s。") % {
        "ground": ground.rstrip("。"),
        "basis": basis.rstrip("。"),
    }
    return Performed(step, "exempt", (sentence,), record.completed_on, exemption)


def _revisions(decision: Decision, record: StepRecord | None) -> Iterator[Performed]:
    changed = [draft for draft in decision.drafts.all() if draft.number > 1]
    if record is not None or changed:
        told = tuple(
            _("%(draft)s：%(change)s。") % {"draft": d, "change": d.change_summary.rstrip("。")} for d in changed
        )
        unchanged = (_("各方面意见研究后，草案未作修改。"),)
        yield Performed("revision", "done", told or unchanged, record.completed_on if record else None)


def _proposal(decision: Decision) -> Iterator[str]:
    proposer = decision.proposer_name or decision.get_proposer_kind_display()
    yield _("%(day)s，由%(proposer)s提出决策建议。") % {"day": _day(decision.proposed_on), "proposer": proposer}


def _initiation(decision: Decision) -> Iterator[str]:
    if decision.initiated_on:
        words = {"day": _day(decision.initiated_on), "unit": decision.lead_unit, "handler": decision.handler}
        yield _("%(day)s决定启动，由%(unit)s牵头承办，承办人%(handler)s。") % words


def _drafting(decision: Decision) -> Iterator[str]:
    if draft := decision.current_draft:
        words = {"draft": draft, "articles": draft.articles.count(), "bases": draft.legal_bases.count()}
        yield _("现稿为%(draft)s，共%(articles)d条，列明制定依据%(bases)d件。") % words


def _coordination(decision: Decision) -> Iterator[str]:
    asked = list(decision.unit_consultations.all())
    if not asked:
        yield _("经研究，不涉及其他部门、单位职责。")
        return
    replied = [unit for unit in asked if unit.replied_on]
    units = "、".join(dict.fromkeys(unit.unit_name for unit in asked))
    yield _("征求%(units)s意见，收到回复%(replied)d件。") % {"units": units, "replied": len(replied)}
    if disputed := [unit.unit_name for unit in asked if unit.is_disputed]:
        yield _("与%s未能达成一致，已说明争议的主要问题、各方意见和理由依据。") % "、".join(disputed)


def _participation(decision: Decision) -> Iterator[str]:
    for form in decision.participations.all():
        period = {"form": form.get_form_display(), "begin": _day(form.opened_on), "end": _day(form.closes_on)}
        if form.opened_on == form.closes_on:
            yield _("%(begin)s以“%(form)s”方式听取意见。") % period
        else:
            yield _("%(begin)s至%(end)s以“%(form)s”方式听取意见。") % period
        if form.shortened_because:
            yield _("期限缩短的理由：%s。") % form.shortened_because.rstrip("。")
    answers = [list(opinion.answers.all()) for opinion in decision.opinions.prefetch_related("answers")]
    held = [given[-1].adoption for given in answers if given]
    counts = {kind: held.count(kind) for kind in Adoption}
    yield _("共收到意见%(all)d条，采纳%(yes)d条，部分采纳%(partly)d条，未采纳%(no)d条，均已答复。") % {
        "all": len(answers),
        "yes": counts[Adoption.ADOPTED],
        "partly": counts[Adoption.PARTLY],
        "no": counts[Adoption.NOT_ADOPTED],
    }


def _hearing(decision: Decision) -> Iterator[str]:
    for hearing in decision.hearings.prefetch_related("participants"):
        attended = [person for person in hearing.participants.all() if person.attended]
        words = {"day": _day(hearing.held_on), "title": hearing.title, "people": len(attended)}
        yield _("%(day)s举行“%(title)s”，到会%(people)d人，听证笔录经参加人签字。") % words


def _experts(decision: Decision) -> Iterator[str]:
    counted = counting_drafts(decision, "expert_review")
    asked = decision.expert_appointments.filter(draft__in=counted, withdrawn_because="", opinion__isnull=False)
    opinions = [appointment.opinion for appointment in asked.select_related("opinion", "expert")]
    names = "、".join(opinion.signature for opinion in opinions)
    words = {"names": names, "count": len(opinions), "favor": sum(opinion.is_in_favor for opinion in opinions)}
    yield _("%(names)s共%(count)d名专家签署论证意见，总体赞成的%(favor)d名，对各位专家的意见均已研究答复。") % words


def _risk(decision: Decision) -> Iterator[str]:
    counted = counting_drafts(decision, "risk_assessment")
    report = decision.risk_assessments.filter(draft__in=counted).last()
    if report is not None:
        yield _(
            "%(unit)s评估，查明风险点%(count)d个，采取措施前为%(before)s，采取措施后为%(after)s，决策机关认定风险可控。"
        ) % {
            "unit": report.assessor_name,
            "count": report.risks.count(),
            "before": report.get_level_before_display(),
            "after": report.get_level_after_display(),
        }


def _fair_competition(decision: Decision) -> Iterator[str]:
    counted = counting_drafts(decision, "fair_competition_review")
    review = decision.fair_competition_reviews.filter(draft__in=counted).last()
    if review is not None:
        yield _("审查结论：%s。") % review.get_conclusion_display()
        if review.exception_until:
            words = {"ground": review.exception_ground.rstrip("。"), "day": _day(review.exception_until)}
            yield _("适用例外规定的理由：%(ground)s；实施期限至%(day)s。") % words


SENTENCES: dict[str, Callable[[Decision], Iterator[str]]] = {
    "proposal": _proposal,
    "initiation": _initiation,
    "drafting": _drafting,
    "coordination": _coordination,
    "public_participation": _participation,
    "hearing": _hearing,
    "expert_review": _experts,
    "risk_assessment": _risk,
    "fair_competition_review": _fair_competition,
}
"""How each procedure is told, from its own facts."""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
