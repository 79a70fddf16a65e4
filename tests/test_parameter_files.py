"""A jurisdiction's file: it may tighten what it inherits, never loosen it, and a mistake in it is named."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions import parameters
from decisions.parameters import HERE, KEYS, ParameterError, Parameters, Sense
from decisions.parameters.figures import Figure, Hardness, Status
from decisions.parameters.keys import FLAG, YEARLY_DAY
from decisions.parameters.tightening import loosened_figure

TODAY = date(2026, 11, 30)
CODES = sorted(path.stem for path in HERE.glob("*.toml"))


def trial(directory: Path, **files: str) -> Parameters:
    """The shipped parameters with trial files beside them; `x_y` stands for the code x-y."""
    for name, text in files.items():
        (directory / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return Parameters.read(HERE, directory)


def town(entry: str, inherits: str = "cn") -> str:
    return f'[jurisdiction]\nname = "试行镇"\ninherits = "{inherits}"\n{entry}'


# ---- tightening


@pytest.mark.parametrize("code", CODES)
def test_no_jurisdiction_loosens_what_it_inherits(code: str) -> None:
    assert parameters.check(code) == []


SINCE = "since = 2023-01-01\nstatus = 'I'\n"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("[[legality_minimum]]\nvalue = 5\nunit = 'working days'\n", "不少于5个工作日.*不少于7个工作日"),
        ("[[legality_minimum]]\nvalue = 30\nunit = 'calendar days'\n", "cannot be compared"),
        ("[[legality_minimum]]\nunit = 'working days'\n", "not set"),
        ("[[publication_maximum]]\nvalue = 21\nunit = 'working days'\n", "不超过21个工作日.*不超过20个工作日"),
        ("[[hearing_materials]]\nvalue = 9\nunit = 'calendar days'\nhardness = 'generally'\n", "only generally"),
        ("[[comment_shortening_needs_reason]]\nvalue = false\nunit = 'flag'\n", "not set"),
        ("[[need.legality_review]]\nvalue = 'if_technical'\n", "required if_technical where cn requires it always"),
        ("[[need.public_participation]]\nvalue = 'never'\n", "required never"),
        ("[[need.expert_review]]\nvalue = 'if_market_actors'\n", "required if_market_actors"),
    ],
)
def test_a_looser_figure_is_refused_when_it_is_read(tmp_path: Path, entry: str, complaint: str) -> None:
    with pytest.raises(ParameterError, match=rf"cn-town\.toml: \w+ on 2023-01-01 .*{complaint}"):
        trial(tmp_path, cn_town=town(entry + SINCE))


@pytest.mark.parametrize(
    "entry",
    [
        "[[legality_minimum]]\nvalue = 10\nunit = 'working days'\n",
        "[[publication_maximum]]\nvalue = 3\nunit = 'working days'\n",
        "[[quorum]]\nvalue = '2/3'\nunit = 'share'\n",
        "[[expert_minimum]]\nvalue = 3\nunit = 'persons'\n",
        "[[drafting_due]]\nvalue = 90\nunit = 'calendar days'\n",
        "[[need.risk_assessment]]\nvalue = 'unless_exempt'\n",
    ],
)
def test_a_stricter_figure_or_another_setting_is_taken(tmp_path: Path, entry: str) -> None:
    assert trial(tmp_path, cn_town=town(entry + SINCE)).check("cn-town") == []


def test_a_share_that_must_be_exceeded_is_stricter_than_one_that_must_be_reached(tmp_path: Path) -> None:
    share = "[[hearing_stakeholder_share]]\nvalue = '1/2'\nsince = 2025-10-01\n"
    above = town(share + "unit = 'share exceeded'\nstatus = 'V'\narticle = 'SDPP'\n", "cn-shandong")
    with pytest.raises(ParameterError, match="不少于1/2.*超过1/2"):
        trial(tmp_path, cn_city=above, cn_town=town(share + "unit = 'share'\nstatus = 'I'\n", "cn-city"))


def test_a_setting_in_between_does_not_hide_the_law_above_it(tmp_path: Path) -> None:
    entry = "[[legality_minimum]]\nunit = 'working days'\n" + SINCE
    with pytest.raises(ParameterError, match=r"cn-village\.toml: .*不少于5个工作日.*cn demands 不少于7个工作日"):
        trial(tmp_path, cn_town=town(entry + "value = 10\n"), cn_village=town(entry + "value = 5\n", "cn-town"))


def test_a_law_that_is_tightened_later_overtakes_an_older_figure(tmp_path: Path) -> None:
    old = town("[[legality_minimum]]\nvalue = 8\nunit = 'working days'\n" + SINCE, "cn-new")
    newer = "[[legality_minimum]]\nvalue = 9\nunit = 'working days'\nsince = 2024-05-01\nstatus = 'I'\n"
    law = newer.replace("'I'", "'V'") + "article = 'SD336'\n"
    with pytest.raises(ParameterError, match=r"cn-town\.toml: legality_minimum on 2024-05-01"):
        trial(tmp_path, cn_new=town(law), cn_town=old)
    assert trial(tmp_path, cn_new=town(law), cn_town=old + newer).check("cn-town") == []


BOUNDED = [
    key for key, about in KEYS.items() if about.sense != Sense.FREE and not {FLAG, YEARLY_DAY} & set(about.units)
]


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(BOUNDED), st.integers(1, 60), st.integers(1, 60), st.sampled_from([0, 1]))
def test_a_figure_that_passes_never_allows_what_the_inherited_one_forbids(
    key: str, own: int, inherited: int, unit: int
) -> None:
    def figure(code: str, value: int) -> Figure:
        written = Fraction(value, 60) if "share" in KEYS[key].units else value
        units = KEYS[key].units
        return Figure(code, key, TODAY, Status.VERIFIED, value=written, unit=units[unit % len(units)])

    is_loosened = bool(list(loosened_figure(figure("own", own), figure("cn", inherited))))
    allowed_more = own > inherited if KEYS[key].sense == Sense.MAXIMUM else own < inherited
    assert is_loosened == allowed_more


# ---- files


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[lunch]]\n" + SINCE, r"cn-town\.toml: unknown key lunch"),
        ("[[need.lunch]]\n" + SINCE, r"cn-town\.toml: need: unknown key lunch"),
        ("[[quorum]]\nvalue = 3\nunit = 'weeks'\n" + SINCE, r"cn-town\.toml: quorum: unknown unit 'weeks'"),
        ("[[quorum]]\nvalue = 0.5\nunit = 'share'\n" + SINCE, r"quorum: 0\.5 is not a share"),
        ("[[quorum]]\nvalue = '3/2'\nunit = 'share'\n" + SINCE, "quorum: .* is not at most 1/1"),
        ("[[expert_minimum]]\nvalue = true\nunit = 'persons'\n" + SINCE, "expert_minimum: True is not a whole number"),
        ("[[expert_minimum]]\nvalue = 0\nunit = 'persons'\n" + SINCE, "expert_minimum: 0 is not a whole number"),
        ("[[catalogue_required]]\nvalue = 1\nunit = 'flag'\n" + SINCE, "catalogue_required: 1 is not true or false"),
        ("[[catalogue_publish_by]]\nvalue = '6-30'\nunit = 'month-day'\n" + SINCE, "'6-30' is not a day"),
        ("[[catalogue_publish_by]]\nvalue = '06-31'\nunit = 'month-day'\n" + SINCE, "catalogue_publish_by: "),
        ("[[quorum]]\nunit = 'share'\ncolour = 'red'\n" + SINCE, "quorum: unknown field colour"),
        ("[[quorum]]\nunit = 'share'\nhardness = 'soft'\n" + SINCE, "quorum: 'soft' is not a valid Hardness"),
        ("[[quorum]]\nunit = 'share'\nstatus = 'I'\n", "quorum: None is not a day"),
        ("[[quorum]]\nunit = 'share'\nsince = 2023-01-01\n", "quorum: '' is not a valid Status"),
        (
            "[[quorum]]\nunit = 'share'\nsince = 2023-01-01\nstatus = 'V'\n",
            "quorum: a value of status V names its article",
        ),
        ("[[quorum]]\nunit = 'share'\narticle = 'art. 30'\n" + SINCE, "quorum: not a citation"),
        ("[[quorum]]\nunit = 'share'\narticle = 'XX art. 30'\n" + SINCE, "quorum: unknown law 'XX'"),
        ("[quorum]\nunit = 'share'\n" + SINCE, "quorum: write each value as its own"),
        (("[[quorum]]\nunit = 'share'\n" + SINCE) * 2, "quorum: two values take effect on the same day"),
        ("[[need.hearing]]\nvalue = 'sometimes'\n" + SINCE, "hearing: 'sometimes' is not a valid Need"),
        ("[[quorum]\n", r"cn-town\.toml: .*line 4"),
    ],
)
def test_a_file_with_a_mistake_names_file_and_key(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ParameterError, match=complaint):
        trial(tmp_path, cn_town=town(text))


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"town": "[jurisdiction]\ninherits = 'cn'\n"}, r"town\.toml: jurisdiction: give its name"),
        ({"town": town("", "mars")}, r"town\.toml: inherits: there is no jurisdiction 'mars'"),
        ({"a": town("", "b"), "b": town("", "a")}, r"inherits: 'a' inherits from 'a' in turn"),
        ({"cn": "[jurisdiction]\nname = '空'\n"}, r"cn\.toml: quorum: give an entry"),
    ],
)
def test_a_jurisdiction_that_does_not_fit_the_others_is_refused(
    tmp_path: Path, files: dict[str, str], complaint: str
) -> None:
    with pytest.raises(ParameterError, match=complaint):
        trial(tmp_path, **files)


def test_figures_can_be_tried_before_they_are_adopted(tmp_path: Path) -> None:
    tried = trial(tmp_path, cn_town=town("[[expert_minimum]]\nvalue = 3\nunit = 'persons'\n" + SINCE))
    with parameters.using(tried):
        assert parameters.figure("cn-town", "expert_minimum", TODAY).demand == "不少于3人"
        assert ("cn-town", "试行镇") in parameters.choices()
    assert "cn-town" not in dict(parameters.choices())
    assert parameters.figure("cn", "evaluation_opinions_threshold", TODAY).hardness == Hardness.BUDGET
