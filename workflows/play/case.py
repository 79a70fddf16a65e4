"""A case as it is written: the town, the matter, and the acts in order with what is expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from decisions.rules import Rule
from decisions.terms import Status
from workflows.play.expectation import Expectation, read_expectation
from workflows.play.marks import Malformed, Section, read_documents

ONLY = "matter"
"""The label of the matter where a case has one only."""

CASE_FIELDS = ("case", "about", "sources", "town", "authority", "matter", "matters", "continues", "acts")
ACT_FIELDS = ("on", "after", "by", "act", "step", "matter", "adjusts", "with", "expect", "then", "note")
THEN_FIELDS = ("open", "status", "draft", "owes", "due", "earliest", "opinions", "names", "answers")


@dataclass(frozen=True)
class Act:
    """One act of a case."""

    section: Section
    name: str
    by: str
    matter: str
    adjusts: str
    step: str
    values: Section
    expected: Expectation
    then: Section
    note: str

    @property
    def line(self) -> int:
        return self.section.line


@dataclass(frozen=True)
class Supposition:
    """Acts that are tried and then undone, the clock included."""

    section: Section
    title: str
    acts: tuple[Act | Supposition, ...]


@dataclass
class Case:
    """A case, ready to be played."""

    file: Path
    section: Section
    title: str
    about: str
    sources: list[str]
    town: Section
    authority: str
    """The slug of the deciding authority among those of the town's file; empty for the town itself."""
    matters: dict[str, Section]
    acts: tuple[Act | Supposition, ...]
    continues: Case | None = None
    up_to: str = ""

    @property
    def deciding(self) -> Section:
        """The section of the authority that decides."""
        places = [self.town, *self.town.sections("others")]
        found = [place for place in places if place.text("slug") == self.authority or not self.authority]
        if not found:
            raise self.section.wrong("authority", f"没有网址标识为“{self.authority}”的机关")
        return found[0]


def read_cases(file: Path) -> list[Case]:
    """Every case of a file; one is written after another between lines of `---`."""
    cases = [_read_case(file, section) for section in read_documents(file)]
    if not cases:
        raise Malformed(file, 1, "", "文件是空的")
    return cases


def _read_case(file: Path, section: Section, depth: int = 0) -> Case:
    section.allow(*CASE_FIELDS)
    before, up_to = _read_continued(file, section, depth)
    if before is None and "town" not in section:
        raise section.wrong("town", "必须写明决策机关")
    matters = _read_matters(section)
    if before is not None:
        inherited = {label: matters.pop(label, Section.empty(section)).over(m) for label, m in before.matters.items()}
        matters = inherited | matters
    if not matters:
        raise section.wrong("matter", "必须写明决策事项")
    acts = tuple(_read_acts(section, "acts", matters))
    if not acts:
        raise section.wrong("acts", "没有一个办理动作")
    return Case(
        file=file,
        section=section,
        title=section.text("case"),
        about=section.text("about", ""),
        sources=section.texts("sources"),
        town=_read_town(file, section) if "town" in section or before is None else before.town,
        authority=section.text("authority", before.authority if before else ""),
        matters=matters,
        acts=acts,
        continues=before,
        up_to=up_to,
    )


def _read_continued(file: Path, section: Section, depth: int) -> tuple[Case | None, str]:
    continued = section.section("continues")
    if "continues" not in section:
        return None, ""
    continued.allow("case", "up_to")
    path = file.parent / continued.text("case")
    if depth > 3:
        raise section.wrong("continues", "接续的案例层数过多")
    up_to = continued.text("up_to", "")
    if up_to and up_to not in Rule.registry and up_to != "evaluation_period":
        raise continued.wrong("up_to", f"没有“{up_to}”这一环节")
    documents = read_documents(path)
    if not documents:
        raise continued.wrong("case", "文件是空的")
    return _read_case(path, documents[0], depth + 1), up_to


def _read_town(file: Path, section: Section) -> Section:
    """The town itself, or the file that it is written in."""
    town = section.get("town")
    if not isinstance(town, str):
        return section.section("town")
    documents = read_documents(file.parent / town)
    if len(documents) != 1:
        raise section.wrong("town", f"{town}应当只写一个决策机关")
    return documents[0]


def _read_matters(section: Section) -> dict[str, Section]:
    if "matter" in section and "matters" in section:
        raise section.wrong("matters", "matter 和 matters 只写一个")
    if "matter" in section:
        return {ONLY: section.section("matter")}
    return {label: section.section("matters").section(label) for label in section.section("matters")}


def _read_acts(section: Section, key: str, matters: dict[str, Section]) -> Iterator[Act | Supposition]:
    for entry in section.sections(key):
        if "suppose" in entry:
            entry.allow("suppose", "acts")
            inner = tuple(_read_acts(entry, "acts", matters))
            if not inner:
                raise entry.wrong("acts", "没有一个办理动作")
            yield Supposition(entry, entry.text("suppose"), inner)
        else:
            yield _read_act(entry, matters)


def _read_act(entry: Section, matters: dict[str, Section]) -> Act:
    entry.allow(*ACT_FIELDS)
    if "on" in entry and "after" in entry:
        raise entry.wrong("after", "on 和 after 只写一个")
    then = entry.section("then")
    then.allow(*THEN_FIELDS)
    if "status" in then and then.text("status") not in Status.values:
        raise then.wrong("status", f"没有这个状态；可用的有：{'、'.join(Status.values)}")
    return Act(
        section=entry,
        name=entry.text("act"),
        by=entry.text("by", ""),
        matter=_label(entry, "matter", next(iter(matters)), matters),
        adjusts=_label(entry, "adjusts", "", matters),
        step=entry.text("step", ""),
        values=entry.section("with"),
        expected=read_expectation(entry),
        then=then,
        note=entry.text("note", ""),
    )


def _label(entry: Section, key: str, default: str, matters: dict[str, Section]) -> str:
    label = entry.text(key, default)
    if label and label not in matters:
        raise entry.wrong(key, f"没有名为“{label}”的事项；有：{'、'.join(matters)}")
    return label
