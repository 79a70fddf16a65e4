"""The dossier: filing a document with its digest, and handing it out again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.models import Document
from decisions.rules import Breach, RuleBreached
from decisions.terms import Openness

from .evidence import UnacceptableFile, examine
from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from decisions.models import Decision, Draft
    from decisions.terms import DocumentKind

FILING = Article("SC713", 33)


@transaction.atomic(savepoint=False)
def file_document(
    decision: Decision,
    step: str,
    kind: DocumentKind | str,
    title: str,
    upload: File[Any],
    *,
    by: Actor,
    openness: Openness | str = Openness.NOT_PUBLIC,
    draft: Draft | None = None,
) -> Document:
    """File a document of a step (art. 33) under a random name; refuses what lies about its type or could run."""
    hold(decision)
    involve(decision, by, step)
    try:
        found = examine(upload)
    except UnacceptableFile as refusal:
        raise RuleBreached([Breach(_("不能接收“%s”") % title, FILING, str(refusal))]) from refusal
    document = Document(
        decision=decision,
        step=step,
        draft=draft or decision.current_draft,
        kind=kind,
        title=title,
        size=upload.size,
        content_type=found.content_type,
        sha256=digest(upload),
        openness=openness,
        filed_by=by.person,
    )
    document.file.save(f"x.{found.extensions[0]}", upload, save=False)
    document.save(force_insert=True)
    facts = {"step": step, "document_kind": kind, "title": title, "sha256": document.sha256, "openness": openness}
    log(decision, "document.filed", by=by, document=document.pk, **facts)
    return document


def digest(upload: File[Any]) -> str:
    """SHA-256 of a file's content."""
    total = hashlib.sha256()
    for chunk in upload.chunks():
        total.update(chunk)
    upload.seek(0)
    return total.hexdigest()


def serve(document: Document) -> FileResponse:
    """The file as an attachment that no browser renders or guesses at; who may have it is asked before."""
    try:
        stored = document.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(stored, as_attachment=True, filename=filename(document), content_type=document.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def filename(document: Document) -> str:
    """The title with the extension that fits the content, free of anything a file system or terminal minds."""
    extension = str(document.file).rpartition(".")[2]
    title = "".join(each for each in document.title if each.isprintable())
    return f"{get_valid_filename(title.strip('. ') or 'document')[:80]}.{extension}"
