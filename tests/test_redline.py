"""修改对照: articles aligned by what they say, and readable changes inside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import services
from decisions.models import Decision
from decisions.redline import changed, compare, inside
from tests.office import Office
from tests.walk.drafting import ARTICLES, DRAFT

WATER = "施工期间实行错峰供水，保障下游三个村灌溉用水。"
MONEY = "工程概算总投资1280万元，资金从上级补助和镇财政统筹解决。"
DAM = "对利民水库大坝进行除险加固，加固坝体长320米。"


def shape(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    return [(row.label, row.change) for row in compare(before, after)]


def test_what_stays_is_the_same():
    assert shape([DAM, WATER], [DAM, WATER]) == [("第一条", "same"), ("第二条", "same")]


def test_a_new_article_does_not_make_the_following_ones_look_rewritten():
    assert shape([DAM, MONEY], [DAM, WATER, MONEY]) == [
        ("第一条", "same"),
        ("第二条", "added"),
        ("第三条（原第二条）", "same"),
    ]


def test_a_removed_article_stands_where_it_was():
    assert shape([DAM, WATER, MONEY], [DAM, MONEY]) == [
        ("第一条", "same"),
        ("原第二条", "removed"),
        ("第二条（原第三条）", "same"),
    ]


def test_an_article_that_moved_and_changed_is_recognised():
    rows = compare([WATER, DAM, MONEY], [DAM, MONEY.replace("1280", "1350"), WATER.replace("三个", "四个")])

    assert [(row.label, row.change) for row in rows] == [
        ("第一条（原第二条）", "same"),
        ("第二条（原第三条）", "changed"),
        ("第三条（原第一条）", "changed"),
    ]


def test_an_article_that_only_moved_is_shown_as_moved():
    assert shape([WATER, DAM, MONEY], [DAM, MONEY, WATER]) == [
        ("第一条（原第二条）", "same"),
        ("第二条（原第三条）", "same"),
        ("第三条（原第一条）", "moved"),
    ]


def test_figures_change_as_a_whole_and_chinese_by_character():
    was, now = inside(MONEY, MONEY.replace("1280", "1350").replace("镇财政", "县财政"))

    assert [words for op, words in was if op == "del"] == ["1280", "镇"]
    assert [words for op, words in now if op == "ins"] == ["1350", "县"]


def test_single_characters_in_common_are_no_islands():
    was, now = inside("应当按照规定办理", "可以依照程序处理")

    assert was == [("del", "应当按照规定办"), ("same", "理")]
    assert now == [("ins", "可以依照程序处"), ("same", "理")]


TEXTS = st.lists(st.text(alphabet="水库大坝加固供水农村第一二三条12 ，。", min_size=1, max_size=30), max_size=6)


@given(before=TEXTS, after=TEXTS)
def test_nothing_is_lost_or_invented(before, after):
    rows = compare(before, after)
    old = {r.before_number: "".join(words for _op, words in r.before) for r in rows if r.before_number}
    new = [(r.after_number, "".join(words for _op, words in r.after)) for r in rows if r.after_number]

    assert [old[number] for number in sorted(old)] == before
    assert new == list(enumerate(after, 1))
    assert (not changed(rows)) == (before == after)


@pytest.fixture
def decision(office: Office) -> Decision:
    """A matter with two versions: one figure, the water supply and the note differ."""
    started = office.initiate()
    office.act(started, "write_draft", **DRAFT)
    office.act(
        started,
        "write_draft",
        **{**DRAFT, "articles": ARTICLES.replace("1280", "1350"), "explanatory_note": "概算已重新核定。"},
        voids=["public_participation"],
        change_summary="概算由1280万元核定为1350万元。",
    )
    return started


def test_the_page_shows_two_versions_side_by_side(office, decision):
    client, home = office.client("wu"), f"/decisions/{decision.pk}/drafts"

    page = client.get(f"{home}/1..2/").content.decode()
    assert "修改2处，新增0处，删除0处" in page
    assert "1280" in page
    assert "需要重新履行：公众参与" in page
    short = client.get(f"{home}/1..2/?only=changed").content.decode()
    assert "错峰供水" in page
    assert "错峰供水" not in short
    assert client.get(f"{home}/?a=2&b=1").url == f"{home}/1..2/"


def test_every_version_can_be_read(office, decision):
    client, home = office.client("wu"), f"/decisions/{decision.pk}/drafts"

    versions = client.get(f"{home}/").content.decode()
    assert "概算由1280万元核定为1350万元。" in versions
    assert decision.current_draft.content_hash in versions
    assert "总投资1280万元" in client.get(f"{home}/1/").content.decode()
    for wrong in ("3/", "1..3/", "0..1/"):
        assert client.get(f"{home}/{wrong}").status_code == 404


def test_drafts_of_another_authority_do_not_exist(office, other_office, decision):
    for page in ("", "1/", "1..2/"):
        assert other_office.client("sun-tangfang").get(f"/decisions/{decision.pk}/drafts/{page}").status_code == 404


def test_a_version_is_bound_by_its_hash(decision):
    for draft in decision.drafts.all():
        assert services.hash_of(draft) == draft.content_hash
