"""What a case expects of an act: that it is accepted, or refused and for which reasons at least."""

from __future__ import annotations

from dataclasses import dataclass

from decisions.articles import Article
from workflows.play.grounds import Ground
from workflows.play.marks import Section, kind_of

ACCEPTED, REFUSED = "accepted", "refused"


@dataclass(frozen=True)
class Expectation:
    """Whether an act should be accepted; if not, for which reasons at least."""

    is_accepted: bool = True
    articles: tuple[Article, ...] = ()
    grounds: tuple[Ground, ...] = ()
    words: tuple[str, ...] = ()


def read_expectation(entry: Section) -> Expectation:
    """What an act's entry says under `expect`."""
    expected = entry.get("expect", ACCEPTED)
    if expected in (ACCEPTED, REFUSED):
        return Expectation(expected == ACCEPTED)
    if not isinstance(expected, Section):
        raise entry.wrong("expect", f"应当是 accepted、refused，或者 refused: [依据]，不是{kind_of(expected)}")
    expected.allow(REFUSED, "saying")
    grounds, articles = [], []
    for written in expected.texts(REFUSED):
        if written in Ground.values():
            grounds.append(Ground(written))
        else:
            articles.append(_read_article(expected, written))
    return Expectation(False, tuple(articles), tuple(grounds), tuple(expected.texts("saying")))


def _read_article(section: Section, written: str) -> Article:
    try:
        return Article.parse(written)
    except ValueError as error:
        raise section.wrong(REFUSED, f"{error}；或者用：{'、'.join(Ground.values())}") from error
