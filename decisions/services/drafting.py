"""Chapter 2, section 1: draft versions. Each is immutable, numbered and bound by the hash of what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.models import Draft, DraftArticle, LegalBasis
from decisions.rules import Breach, Rule, RuleBreached
from decisions.rules.position import BEFORE_REVIEW

from .comparing import changes_in_words
from .recording import Actor, canonical, hold, involve, log

if TYPE_CHECKING:
    from decisions.models import Decision

Basis = tuple[str, str]
"""Title of an instrument, and the provision relied on or nothing."""


@transaction.atomic(savepoint=False)
def write_draft(
    decision: Decision,
    *,
    by: Actor,
    articles: Sequence[str],
    explanatory_note: str,
    legal_bases: Sequence[Basis],
    cost_benefit: str = "",
    alternatives: str = "",
    change_summary: str = "",
    voids: Iterable[str] = (),
    not_material_because: str = "",
) -> Draft:
    """Make the next version of the draft (arts. 12 and 18) the current one, or raise RuleBreached saying why not."""
    hold(decision)
    involve(decision, by, "drafting")
    last = decision.drafts.order_by("number").last()
    draft = Draft(
        decision=decision,
        number=1,
        explanatory_note=explanatory_note,
        cost_benefit=cost_benefit,
        alternatives=alternatives,
        content_hash=content_hash(decision.title, articles, explanatory_note, cost_benefit, alternatives, legal_bases),
        written_by=by.person,
    )
    if last is not None:
        draft.number = last.number + 1
        draft.change_summary, draft.not_material_because = change_summary, not_material_because
        draft.voids = [step for step in BEFORE_REVIEW if step in set(voids)]
    if breaches := list(draft_breaches(draft, last, articles, legal_bases)):
        raise RuleBreached(breaches)
    draft.save(force_insert=True)
    _write_lists(draft, articles, legal_bases)
    return _make_current(draft, by)


def content_hash(
    title: str,
    articles: Sequence[str],
    explanatory_note: str,
    cost_benefit: str,
    alternatives: str,
    legal_bases: Sequence[Basis],
) -> str:
    """SHA-256 over all that a draft version says, as canonical JSON."""
    content = {
        "title": title,
        "articles": list(articles),
        "explanatory_note": explanatory_note,
        "cost_benefit": cost_benefit,
        "alternatives": alternatives,
        "legal_bases": [list(basis) for basis in legal_bases],
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def hash_of(draft: Draft) -> str:
    """What the content hash of a version kept in the database must be."""
    return content_hash(
        draft.decision.title,
        [article.text for article in draft.articles.all()],
        draft.explanatory_note,
        draft.cost_benefit,
        draft.alternatives,
        [(basis.title, basis.provision) for basis in draft.legal_bases.all()],
    )


def draft_breaches(
    draft: Draft, last: Draft | None, articles: Sequence[str], legal_bases: Sequence[Basis]
) -> Iterable[Breach]:
    """Why a version may not be made."""
    if not articles:
        yield Breach(_("草案没有条文"), Article("SC713", 12, 1), _("请录入草案条文。"))
    if not legal_bases:
        yield Breach(
            _("草案未列明所依据的法律、法规、规章和政策"), Article("SC713", 12, 2), _("请填写制定依据清单，每行一件。")
        )
    if last is None:
        return
    if last.content_hash == draft.content_hash:
        yield Breach(
            _("内容与%s完全相同，没有形成新的草案版本") % last,
            Article("SC713", 18),
            _("请修改后再提交，无须修改的，直接办结本环节。"),
        )
    elif not draft.voids and not draft.not_material_because.strip():
        yield Breach(
            _("修改草案，应当说明哪些程序需要重新履行，或者说明不属于实质性修改的理由。%s")
            % changes_in_words(draft.decision, articles),
            Article("SC713", 18),
            _(
                "请勾选需要重新履行的程序，或者填写理由；无论是否属于实质性修改，新稿均须重新进行合法性审查（条例第二十五条）。"
            ),
        )


def _write_lists(draft: Draft, articles: Sequence[str], legal_bases: Sequence[Basis]) -> None:
    DraftArticle.objects.bulk_create(
        DraftArticle(draft=draft, number=number, text=text) for number, text in enumerate(articles, 1)
    )
    LegalBasis.objects.bulk_create(
        LegalBasis(draft=draft, number=number, title=title, provision=provision)
        for number, (title, provision) in enumerate(legal_bases, 1)
    )


def _make_current(draft: Draft, by: Actor) -> Draft:
    decision = draft.decision
    decision.current_draft = draft
    decision.save(update_fields=["current_draft"])
    facts: dict[str, Any] = {"voids": draft.voids, "not_material_because": draft.not_material_because}
    log(
        decision,
        "draft.written",
        by=by,
        draft=draft.pk,
        number=draft.number,
        content_hash=draft.content_hash,
        change_summary=draft.change_summary,
        **facts,
    )
    return draft


def voidable() -> list[tuple[str, str]]:
    """The procedures that a material change may void, as choices."""
    return [(step, str(Rule.registry[step].title)) for step in BEFORE_REVIEW]
