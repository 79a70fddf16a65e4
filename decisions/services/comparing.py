"""Which articles changed since the version the public was asked about or a procedure judged: reading, no writing.

Whether a change is material is the undertaking unit's claim. This shows what it must be judged by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.redline import Row, changed, compare, part
from decisions.rules import Rule
from decisions.rules.position import BEFORE_REVIEW
from decisions.terms import Outcome

if TYPE_CHECKING:
    from decisions.models import Decision, Draft

JUDGING = (*BEFORE_REVIEW, "legality_review")


@dataclass(frozen=True)
class Comparison:
    """A procedure, the version it was carried out on, and the articles that differ from it now."""

    step: str
    draft: Draft
    rows: list[Row]
    opinions: Counter[int]
    """How many opinions each article of that version received."""

    @property
    def title(self) -> str:
        return str(Rule.registry[self.step].title)

    @property
    def disputed(self) -> list[tuple[Row, int]]:
        """The changed articles that had received opinions, with their number."""
        counted = ((row, self.opinions[row.before_number or 0]) for row in self.rows)
        return [(row, count) for row, count in counted if count]

    def __str__(self) -> str:
        labels = "、".join(row.label for row in self.rows)
        sentence = _("与“%(step)s”所依据的%(draft)s相比，%(articles)s有变动") % {
            "step": self.title,
            "draft": self.draft,
            "articles": labels,
        }
        counts = "、".join(_("%(article)s%(count)d条") % {"article": r.label, "count": n} for r, n in self.disputed)
        return sentence + (_("（其中收到过意见的：%s）") % counts if counts else "") + "。"


def changes_since_judged(decision: Decision, articles: Sequence[str] | None = None) -> list[Comparison]:
    """For each procedure carried out on an earlier version: what differs in these articles, by default the current."""
    judged = judged_versions(decision)
    now = list(articles) if articles is not None else texts(decision.current_draft)
    opinions = opinions_by_article(decision)
    found = []
    for step, draft in judged.items():
        if rows := changed(compare(texts(draft), now)):
            found.append(Comparison(step, draft, rows, opinions.get(draft.pk, Counter())))
    return found


def compare_versions(before: Draft, after: Draft) -> list[Row]:
    """Two versions side by side: every article, then the parts beside them that either has."""
    parts = [
        part(name, getattr(before, key), getattr(after, key))
        for key, name in (
            ("explanatory_note", _("起草说明")),
            ("cost_benefit", _("成本效益分析")),
            ("alternatives", _("备选方案")),
        )
        if getattr(before, key) or getattr(after, key)
    ]
    return [
        *compare(texts(before), texts(after)),
        *parts,
        part(_("制定依据"), _bases(before), _bases(after)),
    ]


def _bases(draft: Draft) -> str:
    return "\n".join(str(basis) for basis in draft.legal_bases.all())


def changes_in_words(decision: Decision, articles: Sequence[str]) -> str:
    """The same as one paragraph, for a refusal that asks whether the change is material."""
    return "".join(str(comparison) for comparison in changes_since_judged(decision, articles))


def judged_versions(decision: Decision) -> dict[str, Draft]:
    """The version each procedure was last carried out on; what the public is being asked about counts at once."""
    drafts = {draft.pk: draft for draft in decision.drafts.prefetch_related("articles")}
    judged: dict[str, Draft] = {}
    records = decision.records.filter(step__in=JUDGING, draft__isnull=False).exclude(outcome=Outcome.EXEMPT)
    for step, draft in records.order_by("pk").values_list("step", "draft"):
        judged[step] = drafts[draft]
    for draft in decision.participations.order_by("pk").values_list("draft", flat=True):
        judged["public_participation"] = drafts[draft]
    return judged


def opinions_by_article(decision: Decision) -> dict[int, Counter[int]]:
    """How many opinions each article received, by the primary key of the draft version they were given on."""
    counted: dict[int, Counter[int]] = {}
    given = decision.opinions.filter(article_number__isnull=False)
    for draft, number in given.values_list("participation__draft", "article_number"):
        counted.setdefault(draft, Counter())[number or 0] += 1
    return counted


def texts(draft: Draft | None) -> list[str]:
    """The articles of a version in order."""
    return [article.text for article in draft.articles.all()] if draft else []
