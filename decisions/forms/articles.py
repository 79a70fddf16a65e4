"""Reading a draft that was pasted or uploaded: numbered articles out of paragraphs, with errors that name the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

import mammoth
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from decisions.articles import in_chinese

from .fields import at_line

MAX_ARTICLES = 500
MAX_LENGTH = 10_000
NUMERALS = {in_chinese(number): number for number in range(1, MAX_ARTICLES + 1)}
HEADED = re.compile(r"第\s*(?P<number>[〇零一二三四五六七八九十百千\d０-９]+)\s*条(?P<gap>[\s：:、.．]*)(?P<text>.*)")
COUNTED = re.compile(r"(?P<number>\d+)\s*[、.．](?!\d)(?P<gap>\s*)(?P<text>.*)")
LISTED = re.compile(r"(?P<number>[一二三四五六七八九十百]+)、(?P<gap>\s*)(?P<text>.*)")
DIVISION = re.compile(r"第[一二三四五六七八九十]+[编章节](\s|$)")
"""A heading of a part, chapter or section stands at the head of the article that follows it."""


def numbered_articles(text: str) -> list[str]:
    """The articles of a text: by 第一条, by 1. or 一、, else one for each paragraph. ValidationError names the line."""
    lines = [(number, tidy(line)) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    style = style_of([line for _number, line in lines])
    articles, errors = _collect(lines, style) if style else ([line for _number, line in lines], [])
    if len(articles) > MAX_ARTICLES:
        errors.append(_("条文超过%d条，请分拆。") % MAX_ARTICLES)
    errors += [
        _("第%(number)s条超过%(most)d字，请分款或者分条。") % {"number": in_chinese(number), "most": MAX_LENGTH}
        for number, article in enumerate(articles[:MAX_ARTICLES], 1)
        if len(article) > MAX_LENGTH
    ]
    if errors:
        raise ValidationError(errors)
    return articles


def tidy(line: str) -> str:
    """A line without surrounding blanks (full-width ones too) and without control characters."""
    return "".join(each for each in line if each.isprintable() or each == "\t").strip()


def style_of(lines: list[str]) -> re.Pattern[str] | None:
    """How the articles are numbered: any line with 第一条 settles it, else the first line's way of counting."""
    if any((match := HEADED.match(line)) and ordinal(match["number"]) == 1 for line in lines):
        return HEADED
    for style in (COUNTED, LISTED):
        if lines and (match := style.match(lines[0])) and ordinal(match["number"]) == 1:
            return style
    return None


def ordinal(written: str) -> int:
    """The number behind Chinese numerals or digits; 0 when it is none."""
    if written.isdecimal():
        return int(written)
    return NUMERALS.get(written.replace("〇", "零"), 0)


def _collect(lines: list[tuple[int, str]], style: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """The articles, each with its further paragraphs, and what is wrong with their numbering."""
    articles: list[list[str]] = []
    errors: list[str] = []
    heading: list[str] = []
    for number, line in lines:
        match = style.match(line)
        if match and begins(match, len(articles) + 1):
            errors += _wrong_number(number, match, len(articles) + 1)
            articles.append([*heading, match["text"]] if match["text"] else [*heading])
            heading = []
        elif DIVISION.match(line):
            heading.append(line)
        elif articles:
            articles[-1].append(line)
        else:
            errors.append(
                at_line(number, _("“%s”写在第一条之前；题目、序言请写入起草说明，正文从第一条写起。") % line[:20])
            )
    errors += [
        _("第%s条没有内容。") % in_chinese(place) for place, words in enumerate(articles, 1) if not "".join(words)
    ]
    return ["\n".join(words) for words in articles], errors


def begins(match: re.Match[str], expected: int) -> bool:
    """Whether the line begins an article, not a paragraph that starts by citing one (第三条规定的…)."""
    found = ordinal(match["number"])
    if match.re is HEADED:
        return bool(match["gap"]) or not match["text"] or found == expected
    return found == expected


def _wrong_number(line: int, match: re.Match[str], expected: int) -> Iterator[str]:
    if ordinal(match["number"]) != expected:
        yield at_line(
            line,
            _("应为第%(expected)s条，写的是“第%(found)s条”。")
            % {"expected": in_chinese(expected), "found": match["number"]},
        )


def text_of(upload: IO[bytes] | Any, encoding: str) -> str:
    """The words of an uploaded draft: a plain text in its encoding, or a DOCX without its layout."""
    upload.seek(0)
    if encoding != "docx":
        return str(upload.read().decode(encoding)).lstrip("\ufeff")
    try:
        return str(mammoth.extract_raw_text(upload).value)
    except Exception as error:  # whatever a broken document makes the reader trip over
        raise ValidationError(_("无法读取该 DOCX 文件，请用文字处理软件另存后重试，或者直接粘贴条文。")) from error
