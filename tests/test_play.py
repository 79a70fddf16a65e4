"""Cases as files: all that are shipped play as they expect; what cannot be played names line and field."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from decisions.articles import Article
from decisions.models import Authority, Decision, Document
from workflows.play import Malformed, read_cases
from workflows.play.case import Act, Supposition
from workflows.play.grounds import covers

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent.parent / "cases"
SHIPPED = sorted(CASES.glob("*.yaml"))
REFUSALS = sorted((CASES / "refusals").glob("*.yaml"))

ROWS = {
    "proposal": ["SC713 art. 10", "SC713 art. 3"],
    "initiation": ["SC713 art. 11"],
    "drafting": ["SC713 art. 12(2)"],
    "coordination": ["SC713 art. 13(1)", "SC713 art. 13(2)"],
    "public_participation": ["SC713 art. 15", "SC713 art. 18", "SC713 art. 14"],
    "hearing": ["SC713 art. 16", "SC713 art. 17", "SDPP"],
    "expert_review": ["SC713 art. 20", "SC713 art. 19"],
    "risk_assessment": ["SC713 art. 23", "SC713 art. 24"],
    "fair_competition_review": ["SC713 art. 29"],
    "revision": ["SC713 art. 18"],
    "legality_review": ["SC713 art. 28", "SC713 art. 26", "SEED", "SC713 art. 25"],
    "submission": ["SC713 art. 29"],
    "collective_decision": ["SC713 art. 30(2)", "SC713 art. 30(1)", "SC713 art. 25"],
    "party_report": ["SC713 art. 31"],
    "publication": ["SC711 art. 17", "SC713 art. 32", "SC711 art. 26", "SC711 art. 14"],
    "archiving": ["SC713 art. 33"],
    "execution": ["SC713 art. 34", "SC713 art. 35"],
    "evaluation": ["SC713 art. 36"],
    "suspension": ["SC713 art. 37"],
    "adjustment": ["SC713 art. 37"],
}
"""What the procedure says must be refused at each step, by article."""

TOWN = """
town:
  name: 试镇人民政府
  slug: shi
  jurisdiction: cn-shandong-township
  meeting_name: 镇长办公会议
  units: [领导, 城建办]
  people:
    王镇长: {duty: chief, unit: 领导}
    孙承办: {duty: handler, unit: 城建办}
matter:
  matter: 集镇停车管理办法
  matter_class: "1"
  problem: 乱停车。
  reasons: 群众反映。
  preliminary_plan: 划定停车位。
  necessity: 必要。
  feasibility: 可行。
"""
STARTED = """
acts:
  - {on: 2026-03-02, by: 孙承办, act: proposal}
  - {after: 2 working days, by: 王镇长, act: initiation, with: {outcome: 同意启动, lead_unit: 城建办, handler: 孙承办}}
"""


def run(*arguments: Any) -> tuple[int, str]:
    """Exit status and output of the command."""
    out, err = StringIO(), StringIO()
    try:
        call_command("play", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue() + err.getvalue()
    return 0, out.getvalue() + err.getvalue()


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Writes a case into a file."""

    def write(acts: str, case: str = "case: 试") -> Path:
        file = tmp_path / "case.yaml"
        file.write_text(case + TOWN + acts)
        return file

    return write


def marked(file: Path) -> Any:
    """A shipped case as a parameter; the one that goes the whole way runs on PostgreSQL too."""
    return pytest.param(file, id=file.stem, marks=[pytest.mark.postgres] if file.stem == "01-reservoir" else [])


@pytest.mark.parametrize("file", [marked(file) for file in [*SHIPPED, *REFUSALS]])
def test_it_plays_what_is_shipped(file: Path) -> None:
    status, output = run(file)
    assert status == 0, output


def refusals(file: Path) -> list[Article]:
    """The articles by which a file's acts must be refused."""

    def of(each: Act | Supposition) -> list[Article]:
        if isinstance(each, Supposition):
            return [article for inner in each.acts for article in of(inner)]
        return list(each.expected.articles)

    return [article for case in read_cases(file) for each in case.acts for article in of(each)]


def test_every_refusal_of_the_procedure_is_a_case() -> None:
    assert {file.stem for file in REFUSALS} == set(ROWS)
    for step, rows in ROWS.items():
        expected = refusals(CASES / "refusals" / f"{step}.yaml")
        for row in rows:
            assert any(covers(Article.parse(row), article) for article in expected), f"{step}: {row}"


def test_it_keeps_nothing_unless_told() -> None:
    run(CASES / "refusals" / "archiving.yaml")
    assert not Decision.objects.exists()
    assert not Authority.objects.exists()


def test_it_keeps_what_it_is_told_to(written: Any) -> None:
    status, output = run(written(STARTED), "--keep")
    assert status == 0, output
    decision = Decision.objects.get()
    assert decision.status == "started"
    assert str(decision.initiated_on) == "2026-03-04"
    assert decision.handler is not None
    assert not decision.handler.has_usable_password()


def test_it_keeps_nothing_of_a_case_that_went_another_way(written: Any) -> None:
    status, output = run(written(STARTED + "  - {by: 王镇长, act: drafting}\n"), "--keep")
    assert status == 1
    assert "应当通过，但被拒绝" in output
    assert not Decision.objects.exists()


def test_it_says_it_to_machines(written: Any) -> None:
    status, output = run(written(STARTED + "  - {by: 孙承办, act: drafting, expect: refused}\n"), "--json")
    assert status == 0
    first, *acts, last = [json.loads(line) for line in output.splitlines()]
    assert first["jurisdiction"] == "山东省乡镇（五项程序均为必经）"
    assert [act["on"] for act in acts] == ["2026-03-02", "2026-03-04", "2026-03-04"]
    assert acts[-1]["reasons"][0]["article"] == "SC713 art. 12(1)"
    assert acts[-1]["open"] == ["drafting"]
    assert last == {"type": "end", "accepted": 2, "refused": 1, "unmet": 0, "kept": False}


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("{by: 孙承办, act: drafting}", "应当通过，但被拒绝"),
        ("{by: 孙承办, act: drafting, expect: {refused: [SC713 art. 30]}}", "拒绝依据应当有SC713 art. 30"),
        ("{by: 孙承办, act: drafting, expect: {refused: [], saying: 太阳}}", "拒绝理由中应当有“太阳”"),
        ("{act: wait, expect: refused}", "应当被拒绝，但已通过"),
        ("{act: wait, then: {open: [revision]}}", "open 应当是revision，实际为drafting"),
        ("{act: wait, then: {status: closed}}", "status 应当是closed，实际为started"),
        ("{act: wait, then: {draft: 3}}", "draft 应当是3，实际为0"),
        ("{act: wait, then: {due: {drafting: 2026-03-05}}}", "due 应当是drafting 2026-03-05"),
    ],
)
def test_it_fails_when_an_expectation_is_not_met(written: Any, act: str, said: str) -> None:
    status, output = run(written(f"{STARTED}  - {act}\n"))
    assert status == 1
    assert said in output


def test_it_goes_on_when_told(written: Any) -> None:
    more = "  - {by: 孙承办, act: drafting}\n  - {act: wait}\n"
    assert "共办理4项" in run(written(STARTED + more), "--go-on")[1]
    assert "共办理3项" in run(written(STARTED + more))[1]


def test_what_is_supposed_leaves_nothing_behind(written: Any) -> None:
    acts = STARTED.replace(
        "acts:\n",
        "acts:\n"
        "  - suppose: 一年以后提出\n"
        "    acts: [{on: 2026-09-01, by: 孙承办, act: proposal, then: {open: initiation}}]\n",
    )
    status, output = run(written(acts), "--json")
    assert status == 0, output
    played = [json.loads(line) for line in output.splitlines()]
    assert [act["on"] for act in played if act["type"] == "act"] == ["2026-09-01", "2026-03-02", "2026-03-04"]
    assert played[1]["supposing"] == ["一年以后提出"]
    assert played[1]["decision"] == played[2]["decision"]


def test_files_of_a_play_stay_in_memory(written: Any) -> None:
    act = (
        "  - {by: 孙承办, act: file_document, "
        "with: {kind: other, document_title: 说明, upload: {name: 说明.txt, text: 文字}, openness: public}}\n"
    )
    storage: Any = Document._meta.get_field("file").storage  # type: ignore[union-attr]
    before = everything_in(storage)
    status, output = run(written(STARTED + act))
    assert status == 0, output
    assert everything_in(storage) == before


def everything_in(storage: Any) -> list[Path]:
    """Every file kept on the disk, whatever other tests left there."""
    return sorted(path for path in Path(storage.path("")).rglob("*") if path.is_file())


# Trying a jurisdiction's figures

STRICTER = """
[jurisdiction]
name = "四十日"
inherits = "cn-shandong-township"

[[comment_minimum]]
since = 2022-01-01
value = {days}
unit = "calendar days"
status = "I"
"""
COMMENT = (
    STARTED
    + """
  - by: 孙承办
    act: write_draft
    with: {articles: 第一条  划定停车位。, explanatory_note: 说明。, legal_bases: 《中华人民共和国道路交通安全法》}
  - {by: 孙承办, act: drafting}
  - {by: 孙承办, act: coordination, with: {opinion: 不涉及其他部门职责。}}
  - {by: 孙承办, act: open_public_comment, with: {notice: 公告。, channels: [website], closes_on: +35 days}}
"""
)


def test_a_bureau_tries_figures_before_adopting_them(written: Any, tmp_path: Path) -> None:
    case = written(COMMENT)
    assert run(case)[0] == 0
    file = tmp_path / "forty.toml"
    file.write_text(STRICTER.format(days=40))
    status, output = run(case, "--figures", file)
    assert status == 1
    assert "规则：四十日" in output
    assert "第十五条" in output


def test_a_directory_of_figures_takes_the_place_of_shipped_ones(written: Any, tmp_path: Path) -> None:
    figures = tmp_path / "figures"
    figures.mkdir()
    (figures / "cn-shandong-township.toml").write_text(
        STRICTER.format(days=40).replace("cn-shandong-township", "cn-shandong")
    )
    assert run(written(COMMENT), "--figures", figures)[0] == 1


def test_figures_that_loosen_the_law_are_refused(written: Any, tmp_path: Path) -> None:
    file = tmp_path / "loose.toml"
    file.write_text(STRICTER.format(days=20))
    status, output = run(written(COMMENT), "--figures", file)
    assert status == 2
    assert "comment_minimum" in output
    assert run(written(COMMENT), "--figures", tmp_path / "none.toml")[0] == 2


# What cannot be played as it is written

MALFORMED = [
    ("acts: [", 1, "", "不是正确的YAML"),
    ("acts: []", 19, "acts", "没有一个办理动作"),
    ("acts:\n  - {on: 2026-03-02, by: 孙承办, act: propose_it}", 20, "acts[1].act", "没有“propose_it”"),
    ("acts:\n  - {on: 2026-03-02, by: 谁, act: proposal}", 20, "acts[1].by", "没有“谁”这个人员"),
    ("acts:\n  - on: 2026-13-02\n    act: wait", 20, "acts[1].on", "不是"),
    ("acts:\n  - on: 2026-02-30\n    act: wait", 20, "acts[1].on", "不是有效的值"),
    ("acts:\n  - {act: wait}", 20, "acts[1].on", "第一个办理动作应当写明日期"),
    ("acts:\n  - {on: 2026-03-02, after: 3 days, act: wait}", 20, "acts[1].after", "只写一个"),
    ("acts:\n  - {on: 2026-03-02, act: wait, expect: maybe}", 20, "acts[1].expect", "应当是"),
    (
        "acts:\n  - {on: 2026-03-02, act: wait, expect: {refused: [SC713 art 15]}}",
        20,
        "acts[1].expect.refused",
        "not a",
    ),
    ("acts:\n  - {on: 2026-03-02, act: wait, then: {status: open}}", 20, "acts[1].then.status", "没有这个状态"),
    ("acts:\n  - {on: 2026-03-02, act: wait, then: {open: [proposing]}}", 20, "acts[1].then.open", "没有“proposing”"),
    ("acts:\n  - on: 2026-03-02\n    act: wait\n    who: 谁", 22, "acts[1].who", "没有这个字段"),
    ("acts:\n  - on: 2026-03-02\n    act: wait\n    act: wait", 22, "acts[1].act", "写了两次"),
    (STARTED + "  - {on: 2026-03-01, act: wait}", 23, "acts[3].on", "早于前一个"),
    ("acts:\n  - {on: 2019-08-30, act: wait}", 20, "acts[1].on", "早于条例施行之日"),
    (STARTED + "  - {on: today - 9999 working days, act: wait}", 23, "acts[3].on", "早于条例施行之日"),
    (
        STARTED + "  - {after: 9999 months, act: wait}",
        23,
        "acts[3].after",
        "超出了",
    ),
    (
        STARTED + "  - {on: 9999-12-31, act: wait}",
        23,
        "acts[3].on",
        "请核对年份",
    ),
    (STARTED + "  - {after: soon, act: wait}", 23, "acts[3].after", "不是时间长度"),
    (STARTED + "  - {by: 孙承办, act: write_draft,\n     with: {text: 甲}}", 24, "acts[3].with.text", "没有这个字段"),
    (STARTED + "  - {by: 王镇长, act: exempt, step: drafting}", 23, "acts[3].step", "没有这个办理动作"),
    (STARTED.replace("城建办,", "农办,"), 22, "acts[2].with.lead_unit", "没有“农办”"),
    (STARTED.replace("同意启动", "也许"), 22, "acts[2].with.outcome", "没有“也许”这个选项"),
    ("acts:\n  - {on: 2026-03-02, matter: 别的, act: wait}", 20, "acts[1].matter", "没有名为“别的”的事项"),
    ("continues: {case: none.yaml}\n" + STARTED, 1, "", "无法读取"),
]


@pytest.mark.parametrize(("acts", "line", "field", "said"), MALFORMED)
def test_a_malformed_file_names_line_and_field(written: Any, acts: str, line: int, field: str, said: str) -> None:
    status, output = run(written(acts))
    assert status == 2, output
    _file, number, rest = output.splitlines()[-1].split(":", 2)
    assert field in rest
    assert said in output
    assert int(number) == line or not field


@pytest.mark.parametrize(
    ("town", "field"),
    [
        ("jurisdiction: cn-shandong-township", "jurisdiction: cn-mars"),
        ("slug: shi", "slug_: shi"),
        ("{duty: chief, unit: 领导}", "{duty: king, unit: 领导}"),
        ("{duty: chief, unit: 领导}", "{duty: chief, unit: 别处}"),
        ("{duty: chief, unit: 领导}", "[chief]"),
        ("units: [领导, 城建办]", "units: {a: b}"),
        ('matter_class: "1"', 'matter_class: "9"'),
        ("  name: 试镇人民政府", "  - name"),
    ],
)
def test_a_malformed_town_is_named_too(tmp_path: Path, town: str, field: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("case: 试" + TOWN.replace(town, field) + STARTED)
    status, output = run(file)
    assert status == 2, output
    assert f"{file}:" in output


def test_what_is_no_case_at_all_is_malformed(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    for content in (b"", b"- 1", b"\xff\xfe\x00", b"a: &a [*a]", b"a: !!python/object:os.system {}", b"case: [1]"):
        file.write_bytes(content)
        with pytest.raises(Malformed):
            read_cases(file)
    assert run(tmp_path / "none.yaml")[0] == 2
    assert run()[0] == 2
