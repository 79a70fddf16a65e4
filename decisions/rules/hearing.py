from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import ParticipantKind, Role

from .base import Breach, Rule, sentence_list
from .position import round_start

if TYPE_CHECKING:
    from decisions.models import Decision, Hearing as HearingHeld, HearingParticipant

HEARD = (
    ParticipantKind.STAKEHOLDER,
    ParticipantKind.PUBLIC,
    ParticipantKind.DEPUTY,
    ParticipantKind.SPECIALIST,
    ParticipantKind.LAWYER,
)
"""Participants proper; supervisors and observers receive no materials and sign nothing."""


class Hearing(Rule):
    """Participants are chosen openly, have the materials seven days before, are heard in order and sign the record."""

    title = gettext_lazy("听证会")
    article = Article("SC713", 16)
    asks = gettext_lazy("公告听证事项和遴选办法，公布参加人名单，提前7日送达材料，听证笔录由参加人签字。")
    roles = frozenset({Role.HANDLER})
    contributors = frozenset({Role.OFFICE_CLERK})
    stage = "participation"
    binding = "until_voided"
    budget = "hearing_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        held = decision.hearings.filter(draft__number__gte=round_start(decision, self.key)).last()
        if held is None:
            yield Breach(_("尚未公告听证会"), Article("SC713", 16, 2), _("请登记听证公告。"))
            return
        people = [p for p in held.participants.all() if p.kind in HEARD]
        yield from self.list_breaches(decision, held, people)
        yield from self.record_breaches(held, people)

    def list_breaches(
        self, decision: "Decision", held: "HearingHeld", people: "list[HearingParticipant]"
    ) -> Iterator[Breach]:
        if not people:
            yield Breach(_("尚未确定听证参加人"), Article("SC713", 16, 3), _("请登记参加人。"))
            return
        if held.list_published_on is None or held.list_published_on >= held.held_on:
            yield Breach(_("听证参加人名单应当在会前公布"), Article("SC713", 16, 3), _("请登记名单公布日期。"))
        latest = self.latest_delivery(decision, held.held_on)
        late = [p for p in people if p.materials_delivered_on is None or p.materials_delivered_on > latest]
        if late:
            yield Breach(
                _("材料应当于%(day)s前送达，以下参加人未按时收到：%(names)s") % {"day": latest, "names": sentence_list(late)},
                Article("SC713", 16, 3),
                _("请推迟听证会，重新送达。"),
            )
        share = self.figure("hearing_stakeholder_share", decision)
        stakeholders = sum(p.kind == ParticipantKind.STAKEHOLDER for p in people)
        if not share.is_met_by(Fraction(stakeholders, len(people))):
            yield Breach(
                _("利害关系人代表%(n)d人，未达到参加人总数的%(share)s") % {"n": stakeholders, "share": share},
                share.article or self.article,
                _("请增加利害关系人代表。"),
            )

    def record_breaches(self, held: "HearingHeld", people: "list[HearingParticipant]") -> Iterator[Breach]:
        parts = {
            _("承办单位介绍"): held.presentation,
            _("参加人陈述、质证和辩论"): held.debate,
            _("参加人确认笔录"): held.confirmation,
        }
        if missing := [name for name, text in parts.items() if not text.strip()]:
            yield Breach(_("听证笔录缺少：%s") % sentence_list(missing), Article("SC713", 17), _("请补记听证笔录。"))
        if unsigned := [p for p in people if p.attended and p.signed_on is None]:
            yield Breach(_("以下参加人尚未在笔录上签字：%s") % sentence_list(unsigned), Article("SC713", 17))
        if people and not any(p.attended for p in people):
            yield Breach(_("尚未登记到会的听证参加人"), Article("SC713", 17), _("请登记到会情况。"))

    def latest_delivery(self, decision: "Decision", held_on: date) -> date:
        """The last day on which materials may reach participants."""
        return self.figure("hearing_materials", decision).before(held_on).day
