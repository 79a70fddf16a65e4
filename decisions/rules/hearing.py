from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock
from decisions.articles import Article
from decisions.parameters import Hardness
from decisions.terms import ParticipantKind, Role

from .base import Breach, Rule, sentence_list
from .position import round_start

if TYPE_CHECKING:
    from decisions.models import Decision, HearingParticipant, StepRecord
    from decisions.models import Hearing as HearingHeld
    from decisions.periods import Due

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
        held = self.current(decision)
        if held is None:
            yield Breach(_("尚未公告听证会"), Article("SC713", 16, 2), _("请登记听证公告。"))
            return
        people = [p for p in held.participants.all() if p.kind in HEARD]
        yield from self.preparation_breaches(decision, held, people)
        yield from self.share_breaches(decision, people)
        yield from self.record_breaches(held, people)

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        """As lacks; a share that is only generally demanded may be missed for a reason that is recorded."""
        share = self.figure("hearing_stakeholder_share", decision)
        held = self.current(decision)
        excused: list[Breach] = []
        if held and share.hardness == Hardness.GENERALLY and record.because.strip():
            excused = list(self.share_breaches(decision, [p for p in held.participants.all() if p.kind in HEARD]))
        yield from (breach for breach in super().breaches(decision, record) if breach not in excused)

    def current(self, decision: "Decision") -> "HearingHeld | None":
        """The last hearing on a draft version that still counts."""
        return decision.hearings.filter(draft__number__gte=round_start(decision, self.key)).last()

    def preparation_breaches(
        self, decision: "Decision", held: "HearingHeld", people: "list[HearingParticipant]"
    ) -> Iterator[Breach]:
        """What must have been done before the day: participants chosen, list published, materials delivered."""
        if not people:
            yield Breach(_("尚未确定听证参加人"), Article("SC713", 16, 3), _("请登记参加人。"))
            return
        wanted = self.figure("hearing_participants", decision)
        if not wanted.is_met_by(len(people)):
            yield Breach(
                _("听证参加人%(n)d人，少于%(wanted)s") % {"n": len(people), "wanted": wanted},
                wanted.article or self.article,
                _("请增加参加人。"),
            )
        yield from self.list_breaches(decision, held)
        yield from self.delivery_breaches(decision, held, people)

    def list_breaches(self, decision: "Decision", held: "HearingHeld") -> Iterator[Breach]:
        """The list of participants is published before the hearing, as early as the jurisdiction's figure demands."""
        figure = self.figure("hearing_list", decision)
        latest = figure.before(held.held_on).day if figure else None
        published = held.list_published_on
        if published is None or published >= held.held_on or (latest and published > latest):
            yield Breach(
                _("听证参加人名单应当在会前公布"), Article("SC713", 16, 3), _("请公布名单，来不及的请推迟听证会。")
            )

    def delivery_breaches(
        self, decision: "Decision", held: "HearingHeld", people: "list[HearingParticipant]"
    ) -> Iterator[Breach]:
        """Every participant has the draft and the explanation in time."""
        latest = self.latest_delivery(decision, held.held_on)
        late = [p for p in people if p.materials_delivered_on is None or p.materials_delivered_on > latest]
        if late:
            yield Breach(
                _("材料应当最迟于%(day)s送达，以下参加人未按时收到：%(names)s")
                % {"day": self.materials_due(decision, held.held_on), "names": sentence_list(late)},
                Article("SC713", 16, 3),
                _("请补登送达日期，或者推迟听证会。"),
            )

    def share_breaches(self, decision: "Decision", people: "list[HearingParticipant]") -> Iterator[Breach]:
        """Stakeholders are the share of participants that the jurisdiction demands."""
        share = self.figure("hearing_stakeholder_share", decision)
        stakeholders = sum(p.kind == ParticipantKind.STAKEHOLDER for p in people)
        if people and not share.is_met_by(Fraction(stakeholders, len(people))):
            yield Breach(
                _("听证参加人%(all)d人，其中利害关系人代表%(n)d人，未达到%(share)s")
                % {"all": len(people), "n": stakeholders, "share": share},
                share.article or self.article,
                _("请增加利害关系人代表，确有特殊情况的，办结时说明理由。")
                if share.hardness == Hardness.GENERALLY
                else _("请增加利害关系人代表。"),
            )

    def record_breaches(self, held: "HearingHeld", people: "list[HearingParticipant]") -> Iterator[Breach]:
        """The record has its three parts and the signature of each participant who came."""
        if held.held_on > clock.today():
            yield Breach(_("听证会定于%s举行，尚未举行") % held.held_on, Article("SC713", 17))
            return
        parts = {
            _("承办单位介绍"): held.presentation,
            _("参加人陈述、质证和辩论"): held.debate,
            _("参加人确认笔录"): held.confirmation,
        }
        if missing := [name for name, text in parts.items() if not text.strip()]:
            yield Breach(_("听证笔录缺少：%s") % sentence_list(missing), Article("SC713", 17), _("请补记听证笔录。"))
        if people and not any(p.attended for p in people):
            yield Breach(_("尚未登记到会的听证参加人"), Article("SC713", 17), _("请登记到会情况。"))
        if unsigned := [p for p in people if p.attended and p.signed_on is None]:
            yield Breach(
                _("以下参加人尚未在笔录上签字：%s") % sentence_list(unsigned), Article("SC713", 17), _("请补签后登记。")
            )

    def materials_due(self, decision: "Decision", held_on: date) -> "Due":
        """The last day on which materials may reach participants, explained."""
        return self.figure("hearing_materials", decision).before(held_on, event=_("举行听证会"))

    def latest_delivery(self, decision: "Decision", held_on: date) -> date:
        """The last day on which materials may reach participants."""
        return self.materials_due(decision, held_on).day
