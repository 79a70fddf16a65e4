"""Why an act was refused: by articles of law, or because of a ground that no article names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from decisions.articles import LAWS, Article, in_chinese
from decisions.rules import Breach, Rule

if TYPE_CHECKING:
    from django.forms import BaseForm


class Ground(StrEnum):
    """Grounds of refusal other than an article."""

    NOT_ENTITLED = "not_entitled"  # the person holds no duty for the act
    NOT_OPEN = "not_open"  # no such step is open, or the matter is foreign to the person
    DONE = "done"  # done before
    INVALID = "invalid"  # a field of the form does not hold

    @classmethod
    def values(cls) -> list[str]:
        return [ground.value for ground in cls]

    @property
    def sentence(self) -> str:
        return SENTENCES[self]


SENTENCES = {
    Ground.NOT_ENTITLED: "没有办理此事的职责",
    Ground.NOT_OPEN: "该环节没有开启，或者不属于本机关事项",
    Ground.DONE: "已经办结，不重复办理",
    Ground.INVALID: "填写的内容不符合要求",
}


@dataclass(frozen=True)
class Reason:
    """One reason of a refusal, in words; its article where the law gives one, else its ground."""

    sentence: str
    article: Article | None = None
    way_out: str = ""
    ground: Ground | None = None

    @classmethod
    def of(cls, breach: Breach) -> Reason:
        return cls(str(breach.sentence), breach.article, str(breach.way_out))

    def __str__(self) -> str:
        cited = f"（{self.article}）" if self.article and str(self.article) not in self.sentence else ""
        return f"{self.sentence}{cited}{self.way_out}"


def covers(expected: Article, given: Article) -> bool:
    """Whether the article given is the one expected; an expected article without paragraph means all of it."""
    wanted = (expected.number, expected.paragraph, expected.item)
    actual = (given.number, given.paragraph, given.item)
    return expected.law == given.law and all(w is None or w == a for w, a in zip(wanted, actual, strict=True))


def written(article: Article) -> str:
    """An article as case files and parameter files write it: SC713 art. 26(2)."""
    place = f" art. {article.number}" if article.number else ""
    return article.law + place + "".join(f"({part})" for part in (article.paragraph, article.item) if part)


NUMBERS = {in_chinese(number): number for number in range(1, 1000)}
CODES = {str(law): code for code, law in LAWS.items()}
NUMERAL = "[一二三四五六七八九十百零]+"
CITATION = re.compile(
    f"(?P<law>{'|'.join(map(re.escape, CODES))})"
    f"(?:第(?P<number>{NUMERAL})条(?:第(?P<paragraph>{NUMERAL})款)?(?:第(?P<item>{NUMERAL})项)?)?"
)


def cited_in(text: str) -> list[Article]:
    """The articles that a sentence cites in the official way."""
    places = ("number", "paragraph", "item")
    return [
        Article(CODES[match["law"]], **{place: NUMBERS[match[place]] for place in places if match[place]})
        for match in CITATION.finditer(text)
    ]


def reasons_of(form: BaseForm) -> list[Reason]:
    """Why a form does not hold. What is left out is asked for by the step's article unless the message names one."""
    return [
        reason for name, errors in form.errors.as_data().items() for reason in _reasons_of_field(form, name, errors)
    ]


def _reasons_of_field(form: BaseForm, name: str, errors: Any) -> Iterator[Reason]:
    label = str(form.fields[name].label) if name in form.fields else ""
    for error in errors:
        for message in error.messages:
            sentence = f"{label}：{message}" if label else str(message)
            cited = cited_in(sentence) or (_article_of(form) if error.code == "required" else [])
            for article in cited:
                yield Reason(sentence, article, ground=Ground.INVALID)
            if not cited:
                yield Reason(sentence, ground=Ground.INVALID)


def _article_of(form: BaseForm) -> list[Article]:
    step = getattr(form, "current_step", "") or next(iter(getattr(form, "steps", ())), "")
    return [Rule.registry[step].article] if step in Rule.registry else []
