"""修改对照: two versions of a text side by side, article by article, and what changed inside each article.

Articles are aligned by what they say, not by number, so that one that was moved or renumbered is not
shown as rewritten.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from decisions.articles import in_chinese

Piece = tuple[str, str]
"""`same`, `del` or `ins`, and the words."""

ALIKE = 0.5
"""Articles that share less than half of their characters are different articles."""

TOKENS = re.compile(r"[0-9A-Za-z]+(?:[.,%][0-9A-Za-z]+)*%?|\s+|.", re.S)
"""Figures and Latin words change as a whole; Chinese changes by character."""


@dataclass(frozen=True)
class Row:
    """One article in both versions; numbers count from 1, none where the version lacks it or for a named part."""

    before_number: int | None
    after_number: int | None
    before: list[Piece] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)
    name: str = ""
    is_moved: bool = False

    @property
    def change(self) -> str:
        """`same`, `changed`, `moved`, `added` or `removed`; an article that only counts anew is the same."""
        if not self.before:
            return "added" if self.after else "same"
        if not self.after:
            return "removed"
        if self.before != self.after:
            return "changed"
        return "moved" if self.is_moved else "same"

    @property
    def label(self) -> str:
        """第五条, with its former number when that was another; or the name of a part that is no article."""
        if self.name:
            return self.name
        if self.after_number is None:
            return f"原第{in_chinese(self.before_number or 0)}条"
        label = f"第{in_chinese(self.after_number)}条"
        moved = self.before_number not in (None, self.after_number)
        return f"{label}（原第{in_chinese(self.before_number or 0)}条）" if moved else label


def compare(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    """The rows of a comparison in the order of the new version; what was removed stands where it was."""
    partner = align(before, after)
    in_order = longest_rise([partner[index] for index in sorted(partner)])
    removed = [index for index in range(len(before)) if index not in partner.values()]
    rows: list[Row] = []
    for index, text in enumerate(after):
        origin = partner.get(index)
        if origin is None:
            rows.append(Row(None, index + 1, [], [("ins", text)]))
            continue
        if origin in in_order:
            rows += _removals(before, removed, until=origin)
        was, now = inside(before[origin], text)
        rows.append(Row(origin + 1, index + 1, was, now, is_moved=origin not in in_order))
    return [*rows, *_removals(before, removed, until=len(before))]


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """The most numbers that can stay in place when the others are taken out: the rest were moved."""
    tails: list[int] = []
    chains: list[list[int]] = []
    for number in numbers:
        place = bisect_left(tails, number)
        chain = [*(chains[place - 1] if place else []), number]
        tails[place : place + 1] = [number]
        chains[place : place + 1] = [chain]
    return set(chains[-1]) if chains else set()


def _removals(before: Sequence[str], removed: list[int], *, until: int) -> Iterator[Row]:
    """The removed articles that stood before an index; each is given once."""
    while removed and removed[0] < until:
        index = removed.pop(0)
        yield Row(index + 1, None, [("del", before[index])], [])


def align(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Which old article each new one continues: equal texts first, then the most alike, nearer ones before farther."""
    partner: dict[int, int] = {}
    free = set(range(len(before)))
    for index, text in enumerate(after):
        equal = [origin for origin in free if before[origin] == text]
        if equal:
            partner[index] = min(equal, key=lambda origin: abs(origin - index))
            free.discard(partner[index])
    for _likeness, _distance, index, origin in sorted(_candidates(before, after, free, partner), reverse=True):
        if index not in partner and origin in free:
            partner[index] = origin
            free.discard(origin)
    return partner


def _candidates(
    before: Sequence[str], after: Sequence[str], free: set[int], partner: dict[int, int]
) -> Iterator[tuple[float, int, int, int]]:
    matcher = SequenceMatcher(autojunk=False)
    for index, text in enumerate(after):
        if index in partner:
            continue
        matcher.set_seq2(text)
        for origin in free:
            matcher.set_seq1(before[origin])
            if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
                continue
            likeness = matcher.ratio()
            if likeness >= ALIKE:
                yield round(likeness, 3), -abs(origin - index), index, origin


def part(name: str, before: str, after: str) -> Row:
    """A part of the draft that is not an article, such as the explanatory note."""
    was, now = inside(before, after)
    return Row(None, None, was if before else [], now if after else [], str(name))


def inside(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """What was taken out of the old words, and what was put into the new ones."""
    if before == after:
        return [("same", before)], [("same", after)]
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    was: list[Piece] = []
    now: list[Piece] = []
    for is_same, left, right in _stretches(old, new):
        if is_same:
            was.append(("same", left))
            now.append(("same", right))
        else:
            was += [("del", left)] if left else []
            now += [("ins", right)] if right else []
    return was, now


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Stretches in common and stretches that differ, in turn. A single character in common between two changes is read
    as changed too: islands of one character make a comparison unreadable."""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    last = len(opcodes) - 1
    left, right = "", ""
    for place, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        is_island = 0 < place < last and i2 - i1 == 1 and len(old[i1]) == 1
        if tag == "equal" and not is_island:
            if left or right:
                yield False, left, right
            left, right = "", ""
            yield True, "".join(old[i1:i2]), "".join(new[j1:j2])
        else:
            left += "".join(old[i1:i2])
            right += "".join(new[j1:j2])
    if left or right:
        yield False, left, right


def changed(rows: Iterable[Row]) -> list[Row]:
    """Only the rows in which something differs."""
    return [row for row in rows if row.change != "same"]
