"""决策公布 (art. 32; Decree 711, arts. 14, 17, 26): I9."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from decisions import clock
from decisions.models import Decision, Draft, Publication
from decisions.services import is_document_number
from decisions.terms import Status
from tests.walk.decision import issue

REAL = """木政发〔2022〕1号 坦政〔2024〕16号 嘉政发〔2025〕3号 广政发〔2025〕2号 沅政办函〔2023〕13号 卫政办〔2023〕19号
垫江府办发〔2023〕32号 湛麻府办函〔2022〕76号
灌政办〔2023〕18号 平政办发〔2025〕28号 鲁政发〔2021〕9号 国办公开办函〔2021〕30号"""
WRONG = [
    "木政发[2022]1号",
    "木政发(2022)1号",
    "木政发〔2022〕第1号",
    "木政发〔2022〕01号",
    "木政发〔22〕1号",
    "1号",
    "木政发〔2022〕1",
]


@pytest.fixture
def matter(office):
    """An adopted matter that the Party committee agreed to."""
    return office.advance(office.initiate(), until="publication")


@pytest.mark.parametrize("number", REAL.split())
def test_it_takes_real_document_numbers(number):
    assert is_document_number(number)


@pytest.mark.parametrize("number", WRONG)
def test_it_refuses_other_ways_of_writing_them(number):
    assert not is_document_number(number)


def test_it_publishes_the_adopted_text_and_names_who_executes(office, matter):
    office.act(matter, "publish", **issue(office, matter))
    assert (matter.published_on, matter.executing_unit) == (clock.today(), office.unit("农业农村办"))
    assert matter.publication.draft == matter.adopted_draft
    assert matter.status == Status.IN_EXECUTION
    assert office.open_steps(matter) == ["archiving", "execution"]


def test_it_refuses_without_the_secrecy_review(office, matter):
    blank = {"secrecy_reviewer": "", "secrecy_reviewed_on": "", "secrecy_conclusion": ""}
    text = office.refused(matter, "publish", **{**issue(office, matter), **blank})
    assert text.count("公布前应当进行保密审查") == 3
    assert "第十七条" in text
    office.wait(1)
    early = {**issue(office, matter), "published_on": clock.today() - timedelta(days=1)}
    assert "应当先审查后公开" in office.refused(matter, "publish", **early)


def test_it_asks_for_all_that_publication_needs_at_once(office, matter):
    bare = {**issue(office, matter), "channels": "", "uptake": "", "document_number": "木政发[2026]第1号"}
    text = office.refused(matter, "publish", **bare)
    for sentence in ("发文字号", "六角括号", "未载明公布渠道", "采纳情况"):
        assert sentence in text
    assert "应当明确负责决策执行工作的单位" in office.refused(
        matter, "publish", **{**issue(office, matter), "executing_unit": ""}
    )
    assert not Publication.objects.exists()


def test_it_refuses_days_that_cannot_be(office, matter):
    facts = issue(office, matter)
    office.wait(1)
    assert "不得晚于今日" in office.refused(
        matter, "publish", **{**facts, "published_on": clock.today() + timedelta(days=1)}
    )
    before = matter.adopted_on - timedelta(days=1)
    text = office.refused(matter, "publish", **{**facts, "secrecy_reviewed_on": before, "published_on": before})
    assert "公布日期早于决定日期" in text
    assert "公布日期早于同级党委答复日期" in text


def test_it_asks_why_publication_is_late(office, matter):
    office.wait(40)
    text = office.refused(matter, "publish", **issue(office, matter))
    assert "已超过公开期限" in text
    assert "第二十六条" in text
    office.act(matter, "publish", **issue(office, matter), because="政府网站迁移期间暂停更新。")


@pytest.mark.postgres
def test_it_publishes_nothing_that_is_not_public(office, matter):
    """I9: refused by the rule and by the database; withheld only on a named ground."""
    Decision.objects.filter(pk=matter.pk).update(openness="not_public", nondisclosure_ground="security")
    text = office.refused(matter, "publish", **issue(office, matter))
    assert "本事项的公开属性为“依法不予公开”，不得向社会公布" in text
    withheld = {**issue(office, matter), "is_published": "no"}
    assert "应当选择不予公开的理由" in office.refused(matter, "publish", **withheld)
    with pytest.raises(IntegrityError, match="I9"), transaction.atomic():
        Publication.objects.create(**row(office, matter, matter.adopted_draft))
    office.act(matter, "publish", **withheld, nondisclosure_ground="security")
    assert (matter.published_on, matter.publication.is_published) == (None, False)
    assert matter.publication.channels == ""


@pytest.mark.postgres
def test_it_publishes_no_other_text(office, matter):
    """I9: neither another version, nor by naming another version the adopted one."""
    adopted = matter.adopted_draft
    other = Draft.objects.create(
        decision=matter, number=adopted.number + 1, explanatory_note="另稿", content_hash="1" * 64,
        written_by=office.people["sun"],
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="I9"), transaction.atomic():
        Publication.objects.create(**row(office, matter, other))
    with pytest.raises(IntegrityError, match="I9"), transaction.atomic():
        Decision.objects.filter(pk=matter.pk).update(adopted_draft=other)
    office.act(matter, "publish", **issue(office, matter))
    with pytest.raises(IntegrityError, match="I9"), transaction.atomic():
        Decision.objects.filter(pk=matter.pk).update(adopted_draft=None, published_on=None)
    with pytest.raises(IntegrityError, match="I12"), transaction.atomic():
        Publication.objects.update(channels="别处")


def row(office, matter, draft):
    return {
        "decision": matter,
        "draft": draft,
        "document_number": "木政发〔2026〕99号",
        "secrecy_reviewer": "李文书",
        "secrecy_reviewed_on": clock.today(),
        "secrecy_conclusion": "可以公开。",
        "published_on": clock.today(),
        "by": office.people["li"],
    }


def test_it_gives_a_number_once(office, matter):
    office.act(matter, "publish", **issue(office, matter))
    number = matter.publication.document_number
    second = office.advance(office.initiate(), until="publication")
    text = office.refused(second, "publish", **{**issue(office, second), "document_number": number})
    assert "已被使用" in text
