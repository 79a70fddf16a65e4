"""Reading the State Council's notice on rest days: its own sentences, or plain lists of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from decisions.workdays import TITLE, YearNotice, year_of_notice

WEEKDAYS = "一二三四五六日"
CLOSING = re.compile(r"[。；;\n]+")
YEAR_OF_TITLE = re.compile(r"关于\s*(\d{4})\s*年")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?")
TO = re.compile(r"^\s*(?:至|到|—+|–|-|~|～|\.\.)\s*$")
COUNT = re.compile(r"(?:共|放假)(\d{1,2})天")
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
OFF, WORKED = re.compile(r"放假|休假|休息|补休|休(?=\s*$)|^\s*休"), re.compile(r"上班|补班|班(?=\s*$)|^\s*班")
ADVICE = re.compile(r"鼓励|倡导|建议|可以?结合")
FESTIVALS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")


@dataclass
class Reading:
    """What was read: the days off and the make-up days, what is wrong with the text, and what looks odd in it."""

    year: int
    title: str = ""
    holidays: set[date] = field(default_factory=set)
    makeup: set[date] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def notice(self) -> YearNotice:
        """The notice, when nothing is wrong with it."""
        return YearNotice(self.year, frozenset(self.holidays), frozenset(self.makeup), self.title)


def year_named(text: str) -> int | None:
    """The year that the title in the text arranges."""
    found = YEAR_OF_TITLE.search(text)
    return int(found[1]) if found else None


def read_notice(text: str, year: int) -> Reading:
    """Read the whole text; every mistake is named, none is passed over."""
    reading = Reading(year, TITLE.format(year))
    if (named := year_named(text)) and named != year:
        reading.errors.append(_("通知标题为%(named)d年，与填写的%(year)d年不一致。") % {"named": named, "year": year})
    kind = None
    for sentence in sentences(text):
        kind = _read_sentence(sentence, reading, kind)
    reading.errors.extend(_wrong(reading))
    reading.warnings.extend(_odd(text, reading))
    return reading


def sentences(text: str) -> Iterator[str]:
    """The text in one way of writing, cut at every full stop and line."""
    text = text.replace("（", "(").replace("）", ")").replace("\u3000", " ").replace("：", ":")
    text = ISO.sub(lambda found: "{}年{}月{}日".format(*(int(part) for part in found.groups())), text)
    return (part.strip() for part in CLOSING.split(text) if part.strip())


def _read_sentence(sentence: str, reading: Reading, kind: str | None) -> str | None:
    """Put the days of one sentence where they belong; a heading without days says what the lines below it are."""
    if ADVICE.search(sentence):
        return kind
    clauses = _clauses(sentence)
    for words, said in clauses:
        kind = "off" if OFF.search(words) else "worked" if WORKED.search(words) else kind
        days = list(_days(said, reading))
        if days and kind is None:
            reading.errors.append(_("“%s”没有写明是放假还是上班。") % sentence)
        elif days:
            (reading.holidays if kind == "off" else reading.makeup).update(days)
    if (count := COUNT.search(sentence)) and len(clauses) == 1:
        _check_count(int(count[1]), sentence, reading)
    return kind


def _clauses(sentence: str) -> list[tuple[str, str]]:
    """A sentence that gives days off and days worked alike is read in two, at the comma between them."""
    if not (OFF.search(sentence) and WORKED.search(sentence)):
        return [(sentence, sentence)]
    clauses, held = [], ""
    for part in re.split(r"[,，]", sentence):
        held += part
        if OFF.search(part) or WORKED.search(part):
            clauses.append((part, held))
            held = ""
    return clauses


def _check_count(count: int, sentence: str, reading: Reading) -> None:
    days = len(set(_days(sentence, Reading(reading.year))))
    if days and days != count:
        reading.errors.append(
            _("“%(sentence)s”写明%(count)d天，日期却有%(days)d天。")
            % {"sentence": sentence, "count": count, "days": days}
        )


def _days(said: str, reading: Reading) -> Iterator[date]:
    """Every day named, ranges filled in; month and year carry over from the day before."""
    previous: date | None = None
    end = 0
    for found in DAY.finditer(said):
        day = _day(found, previous, reading)
        if day is None:
            return
        if previous and TO.match(said[end : found.start()]):
            yield from (previous + timedelta(days=n) for n in range(1, (day - previous).days))
            if day <= previous or (day - previous).days > 20:
                reading.errors.append(_("“%s”的起止日期不对。") % said.strip())
        yield day
        previous, end = day, found.end()


def _day(found: re.Match[str], previous: date | None, reading: Reading) -> date | None:
    year = int(found[1]) if found[1] else previous.year if previous else reading.year
    if not found[1] and found[2] == "12" and previous is None and int(found[3]) >= 25:
        year -= 1  # a notice arranges the last days of the December before its year
    month = int(found[2]) if found[2] else previous.month if previous else 0
    if not found[1] and previous and month < previous.month:
        year += 1
    try:
        day = date(year, month, int(found[3]))
    except ValueError:
        reading.errors.append(_("“%s”不是一个日期。") % found[0])
        return None
    if (weekday := WEEKDAY.search(found[4] or "")) and _weekday(day) != weekday[1].replace("天", "日"):
        reading.errors.append(
            _("“%(said)s”与日历不符：%(year)d年%(month)d月%(day)d日是周%(weekday)s。")
            % {"said": found[0], "year": year, "month": month, "day": day.day, "weekday": _weekday(day)}
        )
    return day


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{_weekday(day)}）"


def _wrong(reading: Reading) -> Iterator[str]:
    if not reading.holidays:
        yield _("没有读到放假日期。")
    for day in sorted(reading.holidays & reading.makeup):
        yield _("%s既写了放假，又写了上班。") % _say(day)
    for day in sorted(day for day in reading.makeup if day.weekday() < 5):
        yield _("%s不是周末，不能作为调休上班的日期。") % _say(day)
    for day in sorted(reading.holidays | reading.makeup):
        if year_of_notice(day) != reading.year != day.year:
            yield _("%(day)s不属于%(year)d年的安排。") % {"day": _say(day), "year": reading.year}


def _odd(text: str, reading: Reading) -> Iterator[str]:
    """What does not stop the import but should be looked at: fixed statutory days that are missing, festivals too."""
    fixed = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3), *([(5, 2)] if reading.year >= 2025 else [])]
    if missing := [
        day for month, number in fixed if (day := date(reading.year, month, number)) not in reading.holidays
    ]:
        yield _("法定节日没有列为放假：%s。") % "、".join(map(_say, missing))
    if any(name in text for name in FESTIVALS) and (absent := [name for name in FESTIVALS if name not in text]):
        yield _("没有读到这些节日的安排：%s。") % "、".join(absent)
