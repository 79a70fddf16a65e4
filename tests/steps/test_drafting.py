"""拟订草案: numbered articles with what they rest on, in immutable versions bound by their hash (art. 12)."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from decisions import services
from decisions.forms.articles import numbered_articles
from decisions.models import Decision
from decisions.rules import rule
from tests.office import Office, upload
from tests.walk.drafting import ARTICLES, DRAFT

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def docx(*paragraphs: str) -> bytes:
    """A small DOCX file."""
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{MAIN}" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return packed.getvalue()


@pytest.fixture
def decision(office: Office) -> Decision:
    return office.initiate()


def test_it_makes_the_first_version(office, decision):
    office.act(decision, "write_draft", **DRAFT)

    draft = decision.current_draft
    assert draft.number == 1
    assert [a.text for a in draft.articles.all()] == [line.split(" ", 1)[1] for line in ARTICLES.splitlines()]
    assert [str(basis) for basis in draft.legal_bases.all()] == DRAFT["legal_bases"].splitlines()
    assert draft.content_hash == services.hash_of(draft)
    assert decision.events.get(kind="draft.written").actor == office.people["sun"]

    office.act(decision, "conclude_drafting")
    assert office.open_steps(decision) == ["coordination"]


def test_it_is_not_completed_without_a_draft(office, decision):
    told = office.refused(decision, "conclude_drafting")

    assert "尚未拟订决策草案" in told
    assert "第十二条" in told


def test_it_lists_what_the_draft_rests_on(office, decision):
    told = office.refused(decision, "write_draft", **{**DRAFT, "legal_bases": " \n"})

    assert "应当列明所依据的法律、法规、规章和政策" in told
    assert "第十二条第二款" in told
    assert decision.current_draft is None


def test_a_version_without_bases_is_never_enough(decision):
    decision.current_draft = decision.drafts.create(
        number=1, explanatory_note="说明", content_hash="0" * 64, written_by=decision.handler
    )

    assert [breach.article.paragraph for breach in rule("drafting").lacks(decision)] == [2]


def test_a_version_is_never_changed(office, decision):
    office.act(decision, "write_draft", **DRAFT)

    for rows in (decision.drafts, decision.current_draft.articles, decision.current_draft.legal_bases):
        with pytest.raises(DatabaseError, match="I12"), transaction.atomic():
            rows.update(number=9)


def test_the_text_may_come_from_a_file_which_is_kept(office, decision):
    content = docx("第一条 水库加固。", "第二条 错峰供水。", "供水方案另行公布。")
    office.act(decision, "write_draft", **{**DRAFT, "articles": "", "source": upload("草案.docx", content)})

    assert [a.text for a in decision.current_draft.articles.all()] == ["水库加固。", "错峰供水。\n供水方案另行公布。"]
    kept = decision.documents.get()
    assert kept.draft == decision.current_draft
    assert kept.openness == "not_public"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (upload("草案.pdf", b"%PDF-1.7\n%%EOF"), "此处只接收"),
        (upload("草案.docx", docx().replace(b"<w:body>", b"<w:oops>")), "无法读取该 DOCX 文件"),
        (upload("草案.txt", "第一条 甲\n第三条 乙".encode("gb18030")), "第2行：应为第二条，写的是“第三条”"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_typed(office, decision, file, said):
    response = office.post(decision, "write_draft", **{**DRAFT, "articles": "", "source": file})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert DRAFT["explanatory_note"] in response.content.decode()


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("第一条　甲\n第二条：乙\n（一）丙", ["甲", "乙\n（一）丙"]),
        ("第1条 甲\n第2条 乙", ["甲", "乙"]),
        ("第一章 总则\n第一条 甲\n第二章 附则\n第二条 乙", ["第一章 总则\n甲", "第二章 附则\n乙"]),
        ("第一条 甲\n第一条规定的范围内不收费。", ["甲\n第一条规定的范围内不收费。"]),
        ("1. 甲\n2．乙\n1.5米以下", ["甲", "乙\n1.5米以下"]),
        ("一、甲\n二、乙", ["甲", "乙"]),
        ("甲\n\n  乙  ", ["甲", "乙"]),
        ("第一条\n甲", ["甲"]),
        ("", []),
    ],
)
def test_a_pasted_text_is_read_into_articles(text, articles):
    assert numbered_articles(text) == articles


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("关于水库的决定\n第一条 甲", "第1行：“关于水库的决定”写在第一条之前"),
        ("第一条 甲\n\n第三条 乙", "第3行：应为第二条，写的是“第三条”。"),
        ("第一条 甲\n第二条\n第三条 丙", "第二条没有内容。"),
        ("第一条 " + "长" * 10_001, "第一条超过10000字"),
        ("\n".join(f"第{n}段" for n in range(501)), "条文超过500条"),
    ],
)
def test_a_text_that_cannot_be_read_names_the_line(text, said):
    with pytest.raises(ValidationError) as refused:
        numbered_articles(text)

    assert said in "".join(refused.value.messages)
