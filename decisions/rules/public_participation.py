from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock
from decisions.articles import Article
from decisions.terms import Openness, ParticipationForm, Role

from .base import Breach, Rule
from .position import round_start

if TYPE_CHECKING:
    from datetime import date

    from decisions.models import Decision, Participation
    from decisions.periods import Due


class PublicParticipation(Rule):
    """The public is heard on the draft for long enough, and every opinion is answered with a reason."""

    title = gettext_lazy("公众参与")
    article = Article("SC713", 14)
    asks = gettext_lazy("以便于公众知晓和参与的方式听取意见，逐条研究并答复是否采纳及理由。")
    roles = frozenset({Role.HANDLER})
    contributors = frozenset({Role.OFFICE_CLERK})
    stage = "participation"
    binding = "until_voided"
    exempted_by = frozenset({Role.CHIEF})
    budget = "public_participation_due"

    def exemption_breaches(self, decision: "Decision", ground: str, legal_basis: str) -> Iterator[Breach]:
        yield from super().exemption_breaches(decision, ground, legal_basis)
        if decision.openness != Openness.NOT_PUBLIC:
            yield Breach(_("除依法不予公开的外，应当听取社会公众意见"), Article("SC713", 14, 1), _("请开展公众参与。"))

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        forms = list(self.forms(decision))
        if not forms:
            yield Breach(_("尚未就本稿草案听取社会公众意见"), Article("SC713", 14, 1), _("请发布公告或者登记参与活动。"))
        for form in forms:
            yield from self.too_short(form)
            if clock.today() <= form.closes_on:
                yield Breach(
                    _("“%(title)s”的期限至%(day)s 24:00届满，期限内不得结束") % {"title": form.title, "day": form.closes_on},
                    Article("SC713", 15, 1),
                    _("请待期限届满后再办结。"),
                )
        if (decision.affects_vital_interests or decision.affects_group) and not any(f.groups_heard for f in forms):
            yield Breach(
                _("事项涉及特定群体利益，尚未听取其代表意见"),
                Article("SC713", 14, 3),
                _("请与人民团体、社会组织和群众代表沟通协商并登记。"),
            )
        if open_opinions := decision.opinions.unanswered().count():
            yield Breach(_("还有%d条意见没有答复") % open_opinions, Article("SC713", 18), _("请逐条答复采纳情况和理由。"))

    def too_short(self, form: "Participation") -> Iterator[Breach]:
        """A public comment period shorter than the figure needs a reason, given when it was published."""
        days = (form.closes_on - form.opened_on).days
        if form.form == ParticipationForm.PUBLIC_COMMENT and days < form.minimum_days and not form.shortened_because:
            yield Breach(
                _("公开征求意见%(days)d日，少于%(minimum)d日，且未说明理由") % {"days": days, "minimum": form.minimum_days},
                Article("SC713", 15, 1),
                _("请延长期限，或者在公告中说明缩短的理由。"),
            )

    def forms(self, decision: "Decision") -> "list[Participation]":
        """The forms held on draft versions that still count."""
        start = round_start(decision, self.key)
        return list(decision.participations.filter(draft__number__gte=start))

    def earliest(self, decision: "Decision", opened_on: "date") -> "Due | None":
        return self.figure("comment_minimum", decision).after(opened_on)
