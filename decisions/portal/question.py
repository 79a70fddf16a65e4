"""A small sum in words that keeps robots out: no picture, no script, nothing to hear or see, nothing from elsewhere.

The token in the form is signed and names the sum; it is also the key of the posting, so it counts once.
"""

from __future__ import annotations

import secrets
import unicodedata
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from decisions.articles import in_chinese

SALT = "juece.question"
LASTS = timedelta(hours=6)
"""How long somebody may take over writing an opinion."""


def new_token() -> str:
    """The token of a fresh question."""
    return TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(12))


def key_of(token: str) -> str:
    """The key inside a token; empty for one that is old or not ours."""
    try:
        return TimestampSigner(salt=SALT).unsign(token, max_age=LASTS)
    except BadSignature:
        return ""


def terms(key: str) -> tuple[int, int]:
    """The two numbers to add, from 1 to 9; only who knows our secret can tell them from the key."""
    digest = salted_hmac(SALT, key, algorithm="sha256").digest()
    return digest[0] % 9 + 1, digest[1] % 9 + 1


def question(key: str) -> str:
    """The question in words: 三加五等于几？"""
    first, second = terms(key)
    return _("%(first)s加%(second)s等于几？") % {"first": in_chinese(first), "second": in_chinese(second)}


def is_right(key: str, answer: str) -> bool:
    """Whether the answer is the sum, in figures of any width or in Chinese."""
    total = sum(terms(key))
    return unicodedata.normalize("NFKC", answer).strip() in (str(total), in_chinese(total))
