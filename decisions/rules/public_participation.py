from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock
from decisions.articles import Article
from decisions.parameters import Hardness
from decisions.terms import Openness, ParticipationForm, Role

from .base import Breach, Rule
from .position import counting_drafts

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
        forms = self.forms(decision)
        if not forms:
            yield Breach(
                _("尚未就本稿草案听取社会公众意见"), Article("SC713", 14, 1), _("请发布公告或者登记参与活动。")
            )
        yield from self.form_breaches(decision, forms)
        for form in forms:
            yield from self.form_period_breaches(decision, form)
        yield from self.group_breaches(decision, forms)
        if open_opinions := decision.opinions.unanswered().count():
            yield Breach(
                _("还有%d条意见没有答复") % open_opinions, Article("SC713", 18), _("请逐条答复采纳情况和理由。")
            )

    def form_breaches(self, decision: "Decision", forms: "list[Participation]") -> Iterator[Breach]:
        """Where the jurisdiction demands public comment, another form alone is not enough."""
        demanded = self.figure("public_comment_required", decision)
        has_comment = any(form.form == ParticipationForm.PUBLIC_COMMENT for form in forms)
        if forms and demanded and not has_comment and decision.openness != Openness.NOT_PUBLIC:
            yield Breach(_("尚未向社会公开征求意见"), demanded.article or self.article, _("请发布公开征求意见公告。"))

    def form_period_breaches(self, decision: "Decision", form: "Participation") -> Iterator[Breach]:
        """A form still running, or a public comment that was too short."""
        if form.form == ParticipationForm.PUBLIC_COMMENT:
            yield from self.period_breaches(
                decision, opened_on=form.opened_on, closes_on=form.closes_on, because=form.shortened_because
            )
        if clock.today() <= form.closes_on:
            yield Breach(
                _("“%(title)s”的期限至%(day)s 24:00届满，期限内不得结束")
                % {"title": form.title, "day": form.closes_on},
                Article("SC713", 15, 1),
                _("请待期限届满后再办结。"),
            )

    def group_breaches(self, decision: "Decision", forms: "list[Participation]") -> Iterator[Breach]:
        """The groups whose interests are at stake, and where demanded enterprises and their associations, are heard."""
        if any(form.groups_heard.strip() for form in forms):
            return
        if decision.affects_vital_interests or decision.affects_group:
            yield Breach(
                _("事项涉及特定群体利益，尚未听取其代表意见"),
                Article("SC713", 14, 3),
                _("请与人民团体、社会组织和群众代表沟通协商并登记。"),
            )
        demanded = self.figure("market_actors_heard", decision)
        if demanded and decision.affects_market:
            yield Breach(
                _("事项涉及市场主体经济活动，尚未听取企业和行业协会商会意见"),
                demanded.article or Article("SC713", 14, 3),
                _("请听取有代表性的企业和行业协会商会意见并登记。"),
            )

    def period_breaches(
        self, decision: "Decision", *, opened_on: "date", closes_on: "date", because: str
    ) -> Iterator[Breach]:
        """A public comment period shorter than the figure needs a reason, given when it was published."""
        figure = self.figure("comment_minimum", decision)
        due = self.earliest_closing(decision, opened_on)
        if closes_on >= due.day or (because.strip() and figure.hardness == Hardness.GENERALLY):
            return
        yield Breach(
            _("公开征求意见的期限少于%(period)s，最早的截止日期为%(due)s") % {"period": figure.period, "due": due},
            Article("SC713", 15, 1),
            _("请延长期限，或者在公告中说明缩短的理由。")
            if figure.hardness == Hardness.GENERALLY
            else _("请延长期限。"),
        )

    def earliest_closing(self, decision: "Decision", opened_on: "date") -> "Due":
        """The first day on which a public comment that opens on this day may lawfully close."""
        return self.figure("comment_minimum", decision).after(opened_on, event=_("公布"))

    def forms(self, decision: "Decision") -> "list[Participation]":
        """The forms held on draft versions that still count."""
        counting = counting_drafts(decision, self.key)
        return [form for form in decision.participations.all() if form.draft_id in counting]

    def earliest(self, decision: "Decision", opened_on: "date") -> "Due | None":
        """The end of the public comment if it began today or began already."""
        forms = self.forms(decision)
        begun = [form.opened_on for form in forms if form.form == ParticipationForm.PUBLIC_COMMENT]
        if forms and not begun:
            return None
        return self.earliest_closing(decision, max(begun, default=clock.today()))
