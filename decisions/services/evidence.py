"""What may enter the dossier: the type of an upload is told from its content, and whatever could run is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile, is_zipfile

import filetype
from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 5000
HEAD = 1024


class UnacceptableFile(Exception):
    """An upload was refused; the message is one sentence saying why and what to do."""


@dataclass(frozen=True)
class FileType:
    """A type that the dossier takes: the extensions it goes by, and the content type it is served with."""

    key: str
    extensions: tuple[str, ...]
    content_type: str


OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    each.key: each
    for each in (
        FileType("pdf", ("pdf",), "application/pdf"),
        FileType("docx", ("docx",), OFFICE + "wordprocessingml.document"),
        FileType("xlsx", ("xlsx",), OFFICE + "spreadsheetml.sheet"),
        FileType("pptx", ("pptx",), OFFICE + "presentationml.presentation"),
        FileType("ofd", ("ofd",), "application/ofd"),
        FileType("doc", ("doc", "wps"), "application/msword"),
        FileType("xls", ("xls", "et"), "application/vnd.ms-excel"),
        FileType("jpg", ("jpg", "jpeg"), "image/jpeg"),
        FileType("png", ("png",), "image/png"),
        FileType("utf-8", ("txt",), "text/plain; charset=utf-8"),
        FileType("gb18030", ("txt",), "text/plain; charset=gb18030"),
    )
}
EXTENSIONS = sorted({extension for each in TYPES.values() for extension in each.extensions})
"""What the file dialog offers, and the refusal lists."""

PACKED = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "OFD.xml": "ofd"}
"""The member by which a ZIP container is known."""

COMPOUND = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
"""The stream by which an OLE compound file is known."""

COMPOUND_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RUNS_IN_A_BROWSER = re.compile(
    rb"<(?:!doctype|html|head|body|script|svg|iframe|img|object|embed|meta|link|style|form|math|\?xml|\?php)|javascript:|^#!",
    re.I,
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def examine(upload: File[bytes]) -> FileType:
    """The type of an upload, or UnacceptableFile. The name is believed only as far as the content bears it out."""
    size = upload.size or 0
    if size == 0:
        raise UnacceptableFile(_("文件是空的，请重新选择。"))
    if size > settings.UPLOAD_MAX_BYTES:
        raise UnacceptableFile(
            _("文件超过%d MB，请压缩或者拆分后再上传。") % (settings.UPLOAD_MAX_BYTES // 1024 // 1024)
        )
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    found = type_of(content, upload)
    extension = PurePath(upload.name or "").suffix.lower().lstrip(".")
    if extension not in found.extensions:
        raise UnacceptableFile(
            _("扩展名“.%(extension)s”与文件内容（%(type)s）不符，请上传原始文件。")
            % {"extension": extension, "type": found.extensions[0].upper()}
        )
    return found


def type_of(content: bytes, stream: IO[bytes] | File[bytes]) -> FileType:
    """The type told from the content alone."""
    if content.startswith(b"PK"):
        return TYPES[_packed(stream)]
    if content.startswith(COMPOUND_MARK):
        return TYPES[_compound(content)]
    if RUNS_IN_A_BROWSER.search(content[:HEAD].lstrip()):
        raise UnacceptableFile(_("文件含有网页或者脚本代码，不予接收，请转换为 PDF 后再上传。"))
    known = filetype.guess_extension(content[:8192])
    if known in ("pdf", "jpg", "png"):
        _refuse_stowaways(content, stream)
        return TYPES[known]
    if known is not None:
        raise _unknown()
    return TYPES[_text(content)]


def _unknown() -> UnacceptableFile:
    return UnacceptableFile(_("不接收这种文件。可以上传：%s。") % "、".join(each.upper() for each in EXTENSIONS))


def _refuse_stowaways(content: bytes, stream: IO[bytes] | File[bytes]) -> None:
    """A document or picture that is at the same time an archive, or that brings a script along."""
    if is_zipfile(stream):
        raise UnacceptableFile(_("文件中夹带了压缩包，不予接收，请上传原始文件。"))
    if content.startswith(b"%PDF") and b"%%EOF" not in content[-2048:]:
        raise UnacceptableFile(_("PDF 文件没有内容或者不完整，请重新生成后上传。"))
    if content.startswith(b"%PDF") and re.search(rb"/JavaScript\b|/JS\b\s*[(<]|/Launch\b", content):
        raise UnacceptableFile(_("PDF 文件含有脚本或者启动程序的动作，不予接收，请重新打印为 PDF 后上传。"))


def _packed(stream: IO[bytes] | File[bytes]) -> str:
    """The kind of a ZIP container, read from its table of contents without unpacking it."""
    try:
        with ZipFile(stream) as archive:
            members = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise UnacceptableFile(_("文件已损坏，无法打开，请重新生成后上传。")) from error
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > max(packed * MAX_RATIO, 1024 * 1024):
        raise UnacceptableFile(_("文件解压后异常庞大，不予接收。"))
    names = {member.filename for member in members}
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".html", ".htm", ".svg")) for name in names):
        raise UnacceptableFile(_("文件含有宏或者可执行内容，不予接收，请另存为不含宏的文件。"))
    if any(member.flag_bits & 1 for member in members):
        raise UnacceptableFile(_("文件已加密，无法核验，请解除密码后上传。"))
    kinds = {kind for member, kind in PACKED.items() if member in names}
    if len(kinds) != 1:
        raise _unknown()
    return kinds.pop()


def _compound(content: bytes) -> str:
    """The kind of an OLE compound file, told by the names of its streams."""

    def has(stream: str) -> bool:
        return (stream + "\0").encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise UnacceptableFile(_("文件已加密，无法核验，请解除密码后上传。"))
    if has("_VBA_PROJECT"):
        raise UnacceptableFile(_("文件含有宏或者可执行内容，不予接收，请另存为不含宏的文件。"))
    kinds = {kind for stream, kind in COMPOUND.items() if has(stream)}
    if len(kinds) != 1:
        raise _unknown()
    return kinds.pop()


def _text(content: bytes) -> str:
    """The encoding of a plain text in UTF-8 or GB 18030; anything with control characters is no text."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        if CONTROL.search(text):
            break
        if not text.strip():
            raise UnacceptableFile(_("文件是空的，请重新选择。"))
        return encoding
    raise _unknown()
