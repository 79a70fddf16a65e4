"""The dossier: what it takes, what it refuses, and to whom it hands a document out."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from decisions import services
from decisions.models import Decision, Document
from tests.office import Office, upload

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(16)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def packed(*names: str, content: bytes = b"<x/>") -> bytes:
    """A ZIP container with these members."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


def compound(*streams: str) -> bytes:
    """An OLE compound file that names these streams."""
    return COMPOUND + b"".join((stream + "\0").encode("utf-16-le") for stream in streams)


TAKEN = {
    "方案.pdf": (PDF, "application/pdf"),
    "方案.PDF": (PDF, "application/pdf"),
    "草案.docx": (packed("[Content_Types].xml", "word/document.xml"), ".wordprocessingml.document"),
    "表.xlsx": (packed("[Content_Types].xml", "xl/workbook.xml"), ".spreadsheetml.sheet"),
    "汇报.pptx": (packed("[Content_Types].xml", "ppt/presentation.xml"), ".presentationml.presentation"),
    "公文.ofd": (packed("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    "旧文.doc": (compound("Root Entry", "WordDocument"), "application/msword"),
    "旧表.xls": (compound("Root Entry", "Workbook"), "application/vnd.ms-excel"),
    "照片.jpg": (JPEG, "image/jpeg"),
    "照片.jpeg": (JPEG, "image/jpeg"),
    "截图.png": (PNG, "image/png"),
    "记录.txt": ("会议记录：3<5，同意。".encode(), "text/plain; charset=utf-8"),
    "老记录.txt": ("会议记录，同意。".encode("gb18030"), "text/plain; charset=gb18030"),
}

REFUSED = {
    "空.pdf": (b"", "文件是空的"),
    "空白.txt": (b"\xef\xbb\xbf \n", "文件是空的"),
    "大.txt": (b"a" * (20 * 1024 * 1024 + 1), "文件超过20 MB"),
    "图.svg": (SVG, "网页或者脚本代码"),
    "图.png": (SVG, "网页或者脚本代码"),
    "页.txt": (b"\n  <!DOCTYPE html><html></html>", "网页或者脚本代码"),
    "页.html": (b"<html><body>x</body></html>", "网页或者脚本代码"),
    "链.txt": (b"javascript:alert(1)", "网页或者脚本代码"),
    "藏.txt": ("说明\n<ScRiPt>alert(1)</sCrIpT>".encode(), "网页或者脚本代码"),
    "脚本.txt": (b"#!/bin/sh\nrm -rf /", "网页或者脚本代码"),
    "藏.pdf": (b"%PDF-1.4\n<html><script>alert(1)</script>", "网页或者脚本代码"),
    "动.pdf": (PDF + b"<</S/JavaScript/JS(app.alert(1))>>", "PDF 文件含有脚本"),
    "图包.jpg": (JPEG + packed("evil.html"), "夹带了压缩包"),
    "炸弹.docx": (packed("word/document.xml", content=bytes(60_000_000)), "解压后异常庞大"),
    "多.docx": (packed(*(f"word/{n}.xml" for n in range(5001)), "word/document.xml"), "解压后异常庞大"),
    "坏.docx": (b"PK\x03\x04" + bytes(200), "文件已损坏"),
    "宏.docx": (packed("word/document.xml", "word/vbaProject.bin"), "含有宏"),
    "宏.doc": (compound("WordDocument", "_VBA_PROJECT"), "含有宏"),
    "密.docx": (compound("EncryptedPackage"), "文件已加密"),
    "压缩.zip": (packed("a.txt"), "不接收这种文件"),
    "程序.exe": (b"MZ\x90\x00" + bytes(300), "不接收这种文件"),
    "动画.gif": (b"GIF89a" + bytes(100), "不接收这种文件"),
    "乱.txt": (bytes(range(256)), "不接收这种文件"),
    "宽.txt": ("<script>".encode("utf-16"), "不接收这种文件"),
    "假.pdf": (JPEG, "扩展名“.pdf”与文件内容（JPG）不符"),
    "假.docx": (packed("xl/workbook.xml"), "扩展名“.docx”与文件内容（XLSX）不符"),
    "假.jpg": ("文字".encode(), "扩展名“.jpg”与文件内容（TXT）不符"),
    "无扩展名": (PDF, "扩展名“.”与文件内容（PDF）不符"),
    "网页.pdf.html": (PDF, "扩展名“.html”与文件内容（PDF）不符"),
}


@pytest.fixture
def decision(office: Office) -> Decision:
    return office.initiate()


def filing(name: str, content: bytes, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "other",
        "document_title": "现场材料",
        "upload": upload(name, content),
        "openness": "public",
        **changes,
    }


@pytest.mark.parametrize("name", TAKEN)
def test_it_takes_what_offices_use(office, decision, name):
    content, served_as = TAKEN[name]

    office.act(decision, "file_document", **filing(name, content))

    document = decision.documents.get()
    assert document.content_type.endswith(served_as)
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.size == len(content)
    assert Path(name).stem not in document.file.name
    assert decision.events.get(kind="document.filed")


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_what_lies_or_could_run(office, decision, name):
    content, said = REFUSED[name]

    told = office.refused(decision, "file_document", **filing(name, content))

    assert said in told
    assert not decision.documents.exists()


def test_the_form_says_that_nothing_classified_may_enter_and_asks_for_openness(office, decision):
    task = office.tasks(decision)[0]
    page = office.client("sun").get(f"/tasks/{task.pk}/").content.decode()
    assert "涉密材料不得上传（《中华人民共和国保守国家秘密法实施条例》第四十一条）" in page

    assert "openness" in office.refused(decision, "file_document", **filing("记录.txt", b"a", openness=""))


def test_a_service_refuses_what_the_form_would(office, decision):
    from decisions.rules import RuleBreached
    from decisions.services import Actor
    from decisions.terms import DocumentKind, Role

    by = Actor(office.people["sun"], Role.HANDLER)
    with pytest.raises(RuleBreached, match="网页或者脚本代码"), transaction.atomic():
        services.file_document(decision, "drafting", DocumentKind.OTHER, "图", upload("图.svg", SVG), by=by)


def filed(office: Office, decision: Decision, **changes: Any) -> Document:
    office.act(decision, "file_document", **filing("方案.pdf", PDF, **changes))
    return decision.documents.latest("pk")


def test_it_is_handed_out_as_an_attachment_that_no_browser_renders(office, decision):
    document = filed(office, decision, document_title='方案<b>"\r\n../x')
    response = office.client("wu").get(f"/documents/{document.pk}/")

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%96%B9%E6%A1%88b")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_it_is_handed_to_nobody_else(office, other_office, decision, client):
    address = f"/documents/{filed(office, decision).pk}/"

    assert other_office.client("sun-tangfang").get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert office.client("wu").post(address).status_code == 405
    assert office.client("wu").get("/documents/999999/").status_code == 404


def test_a_file_that_is_gone_is_not_found(office, decision):
    document = filed(office, decision)
    Path(settings.MEDIA_ROOT, document.file.name).unlink()

    assert office.client("wu").get(f"/documents/{document.pk}/").status_code == 404


def test_it_is_never_changed(office, decision):
    filed(office, decision)

    with pytest.raises(DatabaseError, match="I12"), transaction.atomic():
        decision.documents.update(title="改名")
