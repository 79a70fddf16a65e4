"""The list of matters: search, filters and pages by key."""

import pytest

from decisions.models import Decision
from tests.crowd import multiply
from tests.office import Office


def found(office: Office, query: str, who: str = "li") -> list[str]:
    response = office.client(who).get(f"/decisions/?{query}")
    assert response.status_code == 200
    return [row["decision"].title for row in response.context["rows"]]


@pytest.fixture
def three(office: Office) -> list[Decision]:
    bridge = office.initiate(matter="木李镇跨河桥改造")
    market = office.propose(by="qian", matter="木李镇集贸市场搬迁")
    office.clock.advance(days=365)
    clinic = office.propose(by="li", matter="木李镇卫生院扩建", proposer_kind="public", proposer_name="居民李某")
    return [bridge, market, clinic]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["木李镇卫生院扩建", "木李镇集贸市场搬迁", "木李镇跨河桥改造"]),
        ("q=桥", ["木李镇跨河桥改造"]),
        ("q=木李+市场", ["木李镇集贸市场搬迁"]),
        ("q=2026-001", ["木李镇跨河桥改造"]),
        ("q=没有", []),
        ("status=started", ["木李镇跨河桥改造"]),
        ("stage=initiation", ["木李镇卫生院扩建", "木李镇集贸市场搬迁"]),
        ("stage=drafting", ["木李镇跨河桥改造"]),
        ("year=2027", ["木李镇卫生院扩建"]),
        ("year=1900", ["木李镇卫生院扩建", "木李镇集贸市场搬迁", "木李镇跨河桥改造"]),
        ("scope=late", ["木李镇集贸市场搬迁", "木李镇跨河桥改造"]),
    ],
)
def test_the_list_is_narrowed(office: Office, three: list[Decision], query: str, titles: list[str]) -> None:
    assert found(office, query) == titles


def test_mine_are_those_one_undertakes_proposed_or_took_a_side_of(office: Office, three: list[Decision]) -> None:
    assert found(office, "scope=mine", "sun") == ["木李镇跨河桥改造"]
    assert found(office, "scope=mine", "qian") == ["木李镇集贸市场搬迁"]
    assert found(office, "scope=mine", "wang") == ["木李镇跨河桥改造"]
    assert found(office, f"unit={office.unit('农业农村办').pk}", "wu") == ["木李镇跨河桥改造"]


def test_pages_follow_each_other_without_gap_or_overlap(office: Office) -> None:
    multiply(office.propose(), 44)
    client, url, pages = office.client("li"), "/decisions/?q=水库", []
    while url:
        context = client.get(url).context
        pages.append([row["decision"].pk for row in context["rows"]])
        url = "/decisions/" + context["page"].next_url if context["page"].next_url else ""
    assert [len(rows) for rows in pages] == [20, 20, 5]
    assert sum(pages, []) == list(Decision.objects.values_list("pk", flat=True))
    back = client.get(
        "/decisions/" + client.get(f"/decisions/?q=水库&after={pages[1][-1]}").context["page"].previous_url
    )
    assert [row["decision"].pk for row in back.context["rows"]] == pages[1]


NONSENSE = ["after=x", "after=-1", "before=99999999999999999999", "status=x", "unit=x", "q=%00", "q=" + "长" * 99]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_does_no_harm(office: Office, query: str) -> None:
    office.propose()
    assert office.client("li").get(f"/decisions/?{query}").status_code == 200


def test_authorities_do_not_see_each_others_matters(office: Office, other_office: Office) -> None:
    office.propose()
    assert found(other_office, "") == []
