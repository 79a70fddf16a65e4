"""归档 (art. 33): complete by its checklist, every document what was filed."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from decisions.models import Document, StepRecord
from decisions.rules import rule
from tests.office import upload


@pytest.fixture
def matter(office):
    """A published matter whose dossier is to be filed, with a document in it."""
    return office.advance(office.initiate(), until="archiving")


def test_it_files_a_dossier_that_is_complete(office, matter):
    office.act(
        matter, "file_document", by="li", on="archiving", kind="published_text", document_title="公布文本",
        upload=SimpleUploadedFile("公布.txt", "公布文本".encode()), openness="public",
    )  # fmt: skip
    office.act(matter, "archive", retention="30", archive_number="2026-XZ-001")
    assert matter.records.get(step="archiving").details == {
        "retention": "30",
        "archive_number": "2026-XZ-001",
        "documents": 1,
    }
    assert office.open_steps(matter) == ["execution"]


def test_it_refuses_a_dossier_from_which_a_record_is_missing(office, matter):
    """Records cannot be removed; one that was never made is found."""

    class Gap:
        pk = matter.pk
        jurisdiction, figures_on = matter.jurisdiction, matter.figures_on
        drafts, current_draft_id = matter.drafts, matter.current_draft_id
        evaluation_orders = matter.evaluation_orders
        records = StepRecord.objects.filter(decision=matter).exclude(step="risk_assessment")
        affects_market = has_possible_harm = is_technical = holds_hearing = False

    breaches = list(rule("archiving").lacks(Gap()))
    assert [b.sentence for b in breaches] == ["归档清单缺少“风险评估”的记录"]
    assert breaches[0].article.number == 33
    assert list(rule("archiving").lacks(matter)) == []


def test_it_refuses_a_document_that_was_changed_or_lost(office, matter):
    office.act(
        matter, "file_document", by="li", on="archiving", kind="other", document_title="会议照片说明", upload=upload(),
        openness="not_public",
    )  # fmt: skip
    stored = Path(Document.objects.latest("pk").file.path)
    original = stored.read_bytes()
    stored.write_bytes(original + b"!")
    text = office.refused(matter, "archive", retention="permanent")
    assert "材料“会议照片说明”与归入时的摘要值不一致" in text
    assert "第四十条" in text
    stored.unlink()
    assert "文件缺失" in office.refused(matter, "archive", retention="permanent")
    stored.write_bytes(original)
    office.act(matter, "archive", retention="permanent")
