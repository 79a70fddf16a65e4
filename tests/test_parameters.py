"""The figures of nation, province and township: their values, from when, and where they come from."""

from datetime import date
from fractions import Fraction

import pytest

from decisions import parameters
from decisions.articles import Article
from decisions.parameters import KEYS, STEPS, Need, NotInForce, ParameterError

TODAY = date(2026, 11, 30)
CODES = [code for code, _ in parameters.choices()]


# ---- values


@pytest.mark.parametrize(
    ("key", "words", "hardness", "article"),
    [
        ("comment_minimum", "不少于30日", "generally", Article("SC713", 15, 1)),
        ("comment_minimum_planning", "不少于30日", "hard", Article("LPLN", 26)),
        ("hearing_materials", "不少于7日", "hard", Article("SC713", 16, 3)),
        ("legality_minimum", "不少于7个工作日", "generally", Article("SC713", 26, 2)),
        ("publication_maximum", "不超过20个工作日", "hard", Article("SC711", 26)),
    ],
)
def test_the_national_figures_are_those_of_the_decrees(key: str, words: str, hardness: str, article: Article) -> None:
    figure = parameters.figure("cn", key, TODAY)
    assert (figure.demand, figure.hardness, figure.article, figure.is_law) == (words, hardness, article, True)
    assert figure.basis == str(article)


def test_what_is_ours_is_a_setting_and_never_shown_as_law() -> None:
    figure = parameters.figure("cn", "expert_minimum", TODAY)
    assert (figure.value, figure.is_law) == (1, False)
    assert figure.basis == "内部设定，非法定，参照《重大行政决策程序暂行条例》第十九条第一款"
    due = parameters.budget("cn", "legality_review", TODAY).after(date(2026, 11, 30), event="收到")
    assert due.explain() == "12月14日 24:00：11月30日收到次日起满10个工作日（内部设定，非法定）"


def test_a_due_date_cites_the_figures_article() -> None:
    materials = parameters.figure("cn", "hearing_materials", TODAY).before(date(2023, 10, 20), event="听证会")
    assert materials.day == date(2023, 10, 13)
    assert "10月20日听证会前7日（《重大行政决策程序暂行条例》第十六条第三款）" in materials.explain()


def test_what_no_law_sets_says_so_and_gives_no_period() -> None:
    notice = parameters.figure("cn", "hearing_notice", TODAY)
    assert (bool(notice), str(notice)) == (False, "无规定")
    with pytest.raises(TypeError, match="hearing_notice"):
        notice.before(TODAY)


def test_counts_and_shares_can_be_met() -> None:
    assert parameters.figure("cn", "expert_minimum", TODAY).is_met_by(1)
    assert not parameters.figure("cn", "quorum", TODAY).is_met_by(Fraction(4, 8))
    assert parameters.figure("cn", "quorum", TODAY).is_met_by(Fraction(5, 8))
    assert parameters.figure("cn-shandong", "hearing_stakeholder_share", TODAY).is_met_by(Fraction(4, 8))
    assert parameters.figure("cn", "hearing_stakeholder_share", TODAY).is_met_by(Fraction(0))
    with pytest.raises(TypeError, match="compare days"):
        parameters.figure("cn", "comment_minimum", TODAY).is_met_by(30)


# ---- inheritance and time


def test_the_strict_township_requires_all_five_steps_and_evaluation() -> None:
    five = ["public_participation", "expert_review", "risk_assessment", "legality_review", "collective_decision"]
    needs = [parameters.need("cn-shandong-township", step, TODAY) for step in [*five, "evaluation"]]
    assert set(needs) == {"always"}
    national = {step: parameters.need("cn", step, TODAY) for step in five}
    assert list(national.values()) == ["unless_exempt", "if_technical", "if_possible_harm", "always", "always"]
    assert parameters.figure("cn-shandong-township", "evaluation_after", TODAY).after(TODAY).raw_day.year == 2027


def test_a_township_inherits_from_province_and_nation() -> None:
    assert parameters.figure("cn-shandong-township", "legality_minimum", TODAY).jurisdiction == "cn"
    published_by = parameters.figure("cn-shandong-township", "catalogue_publish_by", TODAY)
    assert (published_by.day_in(2026), published_by.demand) == (date(2026, 6, 30), "每年6月30日前")
    assert parameters.requirement("cn-shandong-township", "expert_review", TODAY).article == Article("MULI")
    assert parameters.requirement("cn-shandong-township", "party_report", TODAY).article == Article("SC713", 31)


@pytest.mark.parametrize(
    ("code", "key", "since", "before", "after"),
    [
        ("cn-shandong", "hearing_stakeholder_share", date(2025, 10, 1), None, Fraction(1, 2)),
        ("cn-shandong", "public_comment_required", date(2025, 10, 1), False, True),
        ("cn-shandong", "catalogue_required", date(2021, 1, 1), False, True),
        ("cn-shandong-township", "evaluation_after", date(2022, 1, 1), None, 12),
    ],
)
def test_a_figure_takes_effect_on_its_day(code: str, key: str, since: date, before: object, after: object) -> None:
    eve = date.fromordinal(since.toordinal() - 1)
    assert parameters.figure(code, key, eve).value == before
    assert parameters.figure(code, key, since).value == after


def test_a_need_takes_effect_on_its_day() -> None:
    eve, day = date(2021, 12, 31), date(2022, 1, 1)
    assert parameters.need("cn-shandong-township", "expert_review", eve) == Need.IF_TECHNICAL
    assert parameters.need("cn-shandong-township", "expert_review", day) == Need.ALWAYS


def test_nothing_is_in_force_before_the_decree() -> None:
    assert parameters.need("cn", "legality_review", date(2019, 9, 1)) == "always"
    for ask, name in ((parameters.need, "legality_review"), (parameters.figure, "legality_minimum")):
        with pytest.raises(NotInForce, match=name):
            ask("cn", name, date(2019, 8, 31))


@pytest.mark.parametrize("code", CODES)
def test_every_step_and_figure_is_described(code: str) -> None:
    lines = parameters.describe(code, TODAY)
    assert [line.key for line in lines] == [*STEPS, *KEYS]
    assert all(line.label and line.value and line.basis and line.jurisdiction for line in lines)
    assert all(line.source.article for line in lines if line.is_law)
    assert all("内部设定" in line.basis for line in lines if not line.is_law)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_a_time_after_which_it_is_overdue(step: str) -> None:
    assert parameters.budget("cn", step, TODAY).after(date(2026, 3, 2)).day > date(2026, 3, 2)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError, match="lunch"):
        parameters.figure("cn", "lunch", TODAY)
    with pytest.raises(KeyError, match="lunch"):
        parameters.need("cn", "lunch", TODAY)
    with pytest.raises(ParameterError, match="no jurisdiction 'mars'"):
        parameters.figure("mars", "quorum", TODAY)
